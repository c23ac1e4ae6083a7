// The images with which pages show resources, greetings and processes.

import { cluster } from '../../../src/expect/cluster.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import type { Session } from '../../../src/expect/session.ts'
import { onSimulator } from '../../support/simulated.ts'

/** Runs a Pod `p` with these containers, and what is claimed of it. */
async function withPod(spec: object, claims: (session: Session) => Promise<void>): Promise<void> {
  await onSimulator(`a Pod with ${JSON.stringify(spec)}`, async (session) => {
    await cluster.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec })
    await claims(session)
  })
}

function one(container: object): object {
  return { containers: [{ name: 'main', ...container }] }
}

const vm = (bytes: string) => ({
  image: 'polinux/stress',
  command: ['stress', '--vm', '1', '--vm-bytes', bytes, '--vm-hang', '1'],
  resources: { limits: { memory: '100Mi' } },
})

describe('an image of pages', () => {
  it('takes memory, within its limit', async () => {
    await withPod(one(vm('50M')), async () => {
      await expectPod('p')
        .container('main')
        .toLog('stress: info: [1] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd')
      await expectPod('p').toStay('Running').for('30s')
    })
  })

  it('is killed beyond its limit', async () => {
    await withPod(one(vm('250M')), async () => {
      await expectPod('p').container('main').toExitWith(137)
      await expectPod('p').toShowStatus('OOMKilled')
    })
  })

  it('takes memory step by step', async () => {
    const args = ['-mem-total', '8Mi', '-mem-alloc-size', '1Mi', '-mem-alloc-sleep', '1s']
    await withPod(one({ image: 'vish/stress', args }), async () => {
      await expectPod('p')
        .container('main')
        .toLog(/Allocating "8Mi" memory, in "1Mi" chunks, with a 1s sleep/, /Allocated "8Mi" memory/)
    })
  })

  it('says hello, and has no shell', async () => {
    await withPod(one({ image: 'gcr.io/google-samples/hello-app:2.0' }), async () => {
      await expectPod('p')
        .container('main')
        .toLog(/Server listening on port 8080/)
      await expectPod('p')
        .exec('sh')
        .toFailWith(/executable file not found/)
    })
  })

  it('has a master and a worker, and another worker after HUP', async () => {
    const containers = [
      { name: 'main', image: 'nginx' },
      { name: 'tools', image: 'busybox:1.28', command: ['sleep', '3600'] },
    ]
    await withPod({ shareProcessNamespace: true, containers }, async () => {
      await expectPod('p').toBeReady()
      const tools = expectPod('p').container('tools')
      const workers = "ps -o user,pid,args | grep '[w]orker process'"
      await tools.exec('sh', '-c', 'ps').toPrint(/nginx: master process nginx -g daemon off;/)
      await tools.exec('sh', '-c', workers).toPrint(/^101 +\d+ nginx: worker process$/m)
      await tools
        .exec(
          'sh',
          '-c',
          `a=$(${workers}); kill -HUP $(ps | grep '[n]ginx: m' | awk '{print $1}'); sleep 1; b=$(${workers}); [ "$a" != "$b" ] && echo another`,
        )
        .toPrint(/another/)
    })
  })

  it('is Debian, with bash and without ps', async () => {
    await withPod(
      one({ image: 'debian', command: ['bash', '-c', 'ps || echo none; sleep 1h'] }),
      async () => {
        await expectPod('p').container('main').toLog('none')
      },
    )
  })
})
