// The real kubectl on a leaping clock: several terminals at once, nothing lost, nothing run away.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kubectl136, kubectlInPath, kubectlOf, whyNoKubectl } from '../../support/kubectl.ts'
import { KubectlClient } from './kubectl-client.ts'
import { served } from './served.ts'
import type { Served } from './served.ts'

const manifest = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../manifests/${name}.yaml`, import.meta.url)), 'utf8')

/** A Pod whose only container does what `script` says; TERM ends it after its grace. */
const pod = (name: string, script: string, graceSeconds = 30) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  terminationGracePeriodSeconds: ${graceSeconds}
  containers: [{ name: main, image: busybox:1.36, command: [sh, -c, '${script}'] }]
`

/** Older ones only in the full run: they ask for the same in a few other words. */
const KUBECTLS: Readonly<Record<string, () => string | undefined>> = process.env['PODPROOF_FULL']
  ? { 'kubectl 1.36': kubectl136, 'kubectl 1.35': () => kubectlOf(35), 'the kubectl in PATH': kubectlInPath }
  : { 'kubectl 1.36': kubectl136 }

for (const [name, find] of Object.entries(KUBECTLS)) {
  describe(`${name} on a leaping clock`, function () {
    this.timeout(60_000)
    let server: Served
    let client: KubectlClient

    beforeEach(async function () {
      const file = find()
      if (file === undefined) return this.skip() // whyNoKubectl() says why
      server = await served()
      client = new KubectlClient(file, server.server.kubeConfig())
      return undefined
    })

    afterEach(async () => {
      await server?.close()
      client?.close()
    })

    const elapsedMs = async (act: () => Promise<unknown>) => {
      const beforeMs = server.clock.now()
      await act()
      return server.clock.now() - beforeMs
    }
    const run = async (line: string, input?: string) => {
      const finished = await client.run(line, input)
      expect(finished.exitCode, `${line}: ${finished.stderr} ${whyNoKubectl()}`).to.equal(0)
      return finished.stdout
    }

    it('deletes a Pod with a preStop of 20 s long before 20 s of the wall, and the cluster measures them', async () => {
      await run('create -f -', manifest('vito-demo-po-nginx'))
      await run('wait --for=condition=Ready pod/vito-demo-po-nginx')
      expect(await run('exec vito-demo-po-nginx -- cat /info.log')).to.equal('postStart...\n')
      const wallMs = performance.now()
      const clusterMs = await elapsedMs(() => run('delete pod vito-demo-po-nginx'))
      expect(clusterMs).to.be.within(20_000, 31_000)
      expect(performance.now() - wallMs, 'wall time').to.be.below(clusterMs)
    })

    it('shows the init containers of the page’s other Pod, and their logs', async () => {
      await run('create -f -', manifest('myservice'))
      await run('create -f -', manifest('mydb'))
      await run('create -f -', manifest('myapp-pod'))
      await run('wait --for=condition=Ready pod/myapp-pod')
      expect(await run('get pod myapp-pod -o wide')).to.match(/^myapp-pod +1\/1 +Running +0 /m)
      expect(await run('logs myapp-pod')).to.equal('The app is running!\n')
      expect(await run('logs myapp-pod -c init-mydb')).to.include('Name:      mydb.default.svc.cluster.local')
      expect(await run('describe pod myapp-pod')).to.match(/Events:\n.*\n.*\n +Normal +Scheduled +\d+s /)
    })

    it('shows every row to `get -w` in one terminal while another deletes', async () => {
      await run('create -f -', pod('p', 'sleep 3600', 10))
      await run('wait --for=condition=Ready pod/p')
      const watch = client.start('get pods -w')
      await watch.shows('Running')
      await run('delete pod p')
      await watch.shows('Error')
      watch.kill()
      const rows = watch.stdout.trim().split('\n').slice(1)
      const statuses = rows.map((row) => row.split(/ +/)[2])
      expect(statuses.filter((status, index) => status !== statuses[index - 1])).to.deep.equal([
        'Running',
        'Terminating',
        'Error',
      ])
    })

    it('lets nobody drive time away by watching, following and idling', async () => {
      await run('create -f -', pod('p', 'while sleep 60; do echo tick; done'))
      await run('wait --for=condition=Ready pod/p')
      const idle = [client.start('get pods -w'), client.start('logs -f p'), client.start('exec -i p -- cat')]
      const calls = () => server.clock.state().calls.filter(({ stance }) => stance === 'listens').length
      while (calls() < idle.length) await new Promise((resolve) => setImmediate(resolve))
      await server.walks()
      const wallMs = performance.now()
      const clusterMs = await elapsedMs(() => run('get pods'))
      expect(clusterMs).to.be.at.most(Math.ceil(performance.now() - wallMs) + 1)
      for (const client_ of idle) client_.kill()
    })

    it('goes on with an idle `exec -i` after another terminal has leapt', async () => {
      await run('create -f -', pod('p', 'sleep 3600', 5))
      await run('create -f -', pod('q', 'sleep 3600', 5))
      await run('wait --for=condition=Ready pod/p pod/q')
      const shell = client.start('exec -i p -- sh')
      shell.type('echo before\n')
      await shell.shows('before')
      expect(await elapsedMs(() => run('delete pod q'))).to.be.within(5_000, 8_000)
      shell.type('echo after; exit 3\n')
      await shell.shows('after')
      expect((await shell.finished).exitCode).to.equal(3)
    })

    it('leaps for an exec that sleeps, and not for one that reads', async () => {
      await run('create -f -', pod('p', 'sleep 3600'))
      await run('wait --for=condition=Ready pod/p')
      const wallMs = performance.now()
      const clusterMs = await elapsedMs(() => run('exec p -- sleep 60'))
      expect(clusterMs).to.be.within(60_000, 61_000 + (performance.now() - wallMs))
      const reader = client.start('exec -i p -- cat')
      reader.type('line\n')
      await reader.shows('line')
      await server.walks()
      reader.endInput()
      expect((await reader.finished).exitCode).to.equal(0)
    })

    it('forwards a port to a Pod, while another terminal leaps', async () => {
      await run('create -f -', manifest('vito-demo-po-nginx'))
      await run('create -f -', pod('p', 'sleep 3600', 5))
      await run('wait --for=condition=Ready pod/p pod/vito-demo-po-nginx')
      const forward = client.start('port-forward pod/vito-demo-po-nginx :80')
      await forward.shows('Forwarding from 127.0.0.1:')
      const port = /127\.0\.0\.1:(\d+)/.exec(forward.stdout)?.[1]
      const get = async () =>
        (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()
      expect(await get()).to.include('Welcome to nginx!')
      expect(await elapsedMs(() => run('delete pod p'))).to.be.within(5_000, 8_000)
      expect(await get()).to.include('Welcome to nginx!')
      await server.walks()
      forward.kill()
    })

    it('holds nothing for a kubectl that was killed in the middle of a wait, an exec or a log', async () => {
      await run('create -f -', pod('p', 'sleep 3600'))
      await run('wait --for=condition=Ready pod/p')
      const lines = ['exec -i p -- cat', 'logs -f p', 'get pods -w', 'wait --for=delete pod/p --timeout=10h']
      for (const line of lines) {
        const running = client.start(line)
        while (!server.clock.state().calls.some(({ stance }) => stance !== 'asks'))
          await new Promise((resolve) => setImmediate(resolve))
        running.kill()
        await running.finished
        while (server.clock.state().calls.length > 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await server.walks()
      expect(await run('get pods -o name')).to.equal('pod/p\n')
    })
  })
}
