// Terminals side by side on a leaping clock, each pair of them: nothing is lost, nothing runs away.

import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kubectl136, whyNoKubectl } from '../../support/kubectl.ts'
import { KubectlClient } from './kubectl-client.ts'
import type { Running } from './kubectl-client.ts'
import { served } from './served.ts'
import type { Served } from './served.ts'

const nginx = readFileSync(
  fileURLToPath(new URL('../../manifests/vito-demo-po-nginx.yaml', import.meta.url)),
  'utf8',
)
/** It ignores TERM, so that its delete takes the whole grace of five seconds. */
const victim = `
apiVersion: v1
kind: Pod
metadata: { name: victim }
spec:
  terminationGracePeriodSeconds: 5
  containers: [{ name: main, image: 'busybox:1.36', command: [sleep, '3600'] }]
`
const KEPT = 'vito-demo-po-nginx'

/** What one terminal does: it starts, the others do what they do, and then it must still be whole. */
interface Terminal {
  start(): Promise<void>
  isWhole(): Promise<void>
}

describe('terminals side by side', function () {
  this.timeout(60_000)
  let server: Served
  let client: KubectlClient
  let started: Running[]

  beforeEach(async function () {
    const file = kubectl136()
    if (file === undefined) return this.skip() // whyNoKubectl() says why
    server = await served()
    client = new KubectlClient(file, server.server.kubeConfig())
    started = []
    await run('create -f -', nginx)
    await run('create -f -', victim)
    await run(`wait --for=condition=Ready pod/victim pod/${KEPT}`)
    return undefined
  })

  afterEach(async () => {
    for (const running of started ?? []) running.kill()
    await server?.close()
    client?.close()
  })

  const run = async (line: string, input?: string) => {
    const finished = await client.run(line, input)
    expect(finished.exitCode, `${line}: ${finished.stderr} ${whyNoKubectl()}`).to.equal(0)
    return finished.stdout
  }
  const start = (...line: Parameters<KubectlClient['start']>) => {
    const running = client.start(...line)
    started.push(running)
    return running
  }

  function watching(): Terminal {
    let watch: Running
    const rowsOf = (pod: string) => watch.stdout.split('\n').filter((row) => row.startsWith(`${pod} `))
    return {
      start: async () => {
        watch = start('get pods -w')
        await watch.shows('victim ')
        await watch.shows(KEPT)
      },
      isWhole: async () => {
        await run(`label pod ${KEPT} seen=yes`)
        while (rowsOf(KEPT).length < 2) await new Promise((resolve) => setImmediate(resolve))
        const statuses = rowsOf('victim').map((row) => row.split(/ +/)[2])
        const isGone = (await run('get pods -o name')) === `pod/${KEPT}\n`
        expect(statuses.filter((status, index) => status !== statuses[index - 1])).to.deep.equal(
          isGone ? ['Running', 'Terminating', 'Error'] : ['Running'],
        )
      },
    }
  }

  function idlingShell(): Terminal {
    let shell: Running
    return {
      start: async () => {
        const tty = existsSync('/usr/bin/script')
        shell = start(`exec ${tty ? '-it' : '-i'} ${KEPT} -- sh`, { tty })
        shell.type('echo $((40 + 2))\n')
        await shell.shows('42')
      },
      isWhole: async () => {
        shell.type('echo $((3 * 37)); exit 3\n')
        await shell.shows('111')
        expect((await shell.finished).exitCode).to.equal(3)
      },
    }
  }

  function forwarding(): Terminal {
    let port: string | undefined
    const get = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
      expect(await response.text()).to.include('Welcome to nginx!')
    }
    return {
      start: async () => {
        const forward = start(`port-forward pod/${KEPT} :80`)
        await forward.shows('Forwarding from 127.0.0.1:')
        port = /127\.0\.0\.1:(\d+)/.exec(forward.stdout)?.[1]
        await get()
      },
      isWhole: get,
    }
  }

  /** It leaps over the grace, and not a second further. */
  function deleting(): Terminal {
    return {
      start: async () => {
        const beforeMs = server.clock.now()
        await run('delete pod victim')
        expect(server.clock.now() - beforeMs).to.be.within(5_000, 8_000)
      },
      isWhole: async () => {
        expect(await run('get pods -o name')).to.equal(`pod/${KEPT}\n`)
      },
    }
  }

  /** `delete` is the one that leaps, so it begins when the others stand. */
  const TERMINALS = {
    'get -w': watching,
    'an idle exec -it': idlingShell,
    'a port-forward': forwarding,
    delete: deleting,
  }
  const names = Object.keys(TERMINALS) as (keyof typeof TERMINALS)[]
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other]))

  for (const together of [...pairs, names]) {
    it(`${together.join(' beside ')} lose nothing and run away with nothing`, async () => {
      const terminals = names.filter((name) => together.includes(name)).map((name) => TERMINALS[name]())
      for (const terminal of terminals) await terminal.start()
      await server.walks()
      const [wallMs, clusterMs] = [performance.now(), server.clock.now()]
      for (const terminal of terminals) await terminal.isWhole()
      expect(server.clock.now() - clusterMs).to.be.at.most(Math.ceil(performance.now() - wallMs) + 1)
    })
  }
})
