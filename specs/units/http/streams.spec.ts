// Streams on a socket: exec over WebSockets, and watches that show what the process itself sees.

import { expect } from 'chai'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { clusterOf } from '../../../src/cluster/simulator.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { Latch } from '../../../src/time/latch.ts'
import { readManifest } from '../../../src/cluster/manifest.ts'
import { served } from './served.ts'
import type { Served } from './served.ts'

const PODS = '/api/v1/namespaces/default/pods'
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }] },
}

describe('streams on a socket', function () {
  this.timeout(60_000)
  let server: Served
  let cluster: Cluster

  before(async () => {
    server = await served({ tls: false })
    cluster = clusterOf(server.simulated)
    await cluster.request('POST', PODS, POD)
    await cluster.clock.pass(new Latch(), cluster.clock.now() + 5_000)
  })
  after(() => server.close())

  function open(
    command: readonly string[],
    { stdin = false, protocol = 'v5.channel.k8s.io' } = {},
  ): WebSocket {
    const words = command.map((word) => `command=${encodeURIComponent(word)}`)
    const query = [...words, 'stdout=true', 'stderr=true', ...(stdin ? ['stdin=true'] : [])].join('&')
    return new WebSocket(`${server.access.server.replace('http', 'ws')}${PODS}/p/exec?${query}`, protocol)
  }

  /** Everything that comes, and the code of the close. */
  async function messages(socket: WebSocket): Promise<{ readonly frames: string[]; readonly code: number }> {
    const frames: string[] = []
    socket.on('message', (data: Buffer) => frames.push(data.toString('latin1')))
    const [code] = (await once(socket, 'close')) as [number]
    return { frames, code }
  }

  it('tell that they stand, what a command writes, and how it ends', async () => {
    const { frames, code } = await messages(open(['echo', 'hi']))
    expect(frames).to.deep.equal(['\x01', '\x01hi\n', '\x03{"metadata":{},"status":"Success"}'])
    expect(code).to.equal(1000)
  })

  it('tell an exit status as real servers do', async () => {
    const { frames } = await messages(open(['sh', '-c', 'exit 3']))
    expect(JSON.parse(frames.at(-1)?.slice(1) ?? '')).to.deep.equal({
      metadata: {},
      status: 'Failure',
      message: 'command terminated with non-zero exit code: command terminated with exit code 3',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    })
  })

  it('carry stdin to its end over v5, and encode in base64 for whoever asks', async () => {
    const v5 = open(['cat'], { stdin: true })
    v5.on('open', () => {
      v5.send(Buffer.from('\x00line\n'))
      v5.send(Buffer.from([255, 0]))
    })
    expect((await messages(v5)).frames).to.deep.equal([
      '\x01',
      '\x01line\n',
      '\x03{"metadata":{},"status":"Success"}',
    ])
    const base64 = open(['cat'], { stdin: true, protocol: 'v4.base64.channel.k8s.io' })
    base64.on('open', () => base64.send(`0${Buffer.from('x\n').toString('base64')}`))
    const [, written] = await firstFrames(base64, 2)
    expect(written).to.equal(`1${Buffer.from('x\n').toString('base64')}`)
    base64.terminate()
  })

  async function firstFrames(socket: WebSocket, count: number): Promise<string[]> {
    const frames: string[] = []
    while (frames.length < count) {
      const [data] = (await once(socket, 'message')) as [Buffer]
      frames.push(data.toString('latin1'))
    }
    return frames
  }

  it('refuse a protocol that nobody speaks, as a real server does', async () => {
    const socket = open(['true'], { protocol: 'foo' })
    socket.on('error', () => {}) // the refusal
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    expect(response.statusCode).to.equal(403)
  })

  it('leave nothing behind when their client disappears in the middle, a thousand times', async () => {
    for (let round = 0; round < 1_000; round++) {
      const socket = open(['cat'], { stdin: true })
      await once(socket, 'open')
      socket.terminate()
    }
    for (let turn = 0; turn < 1_000 && server.clock.state().calls.length > 0; turn++)
      await new Promise((resolve) => setImmediate(resolve))
    expect(server.clock.state().calls).to.deep.equal([])
    await cluster.clock.pass(new Latch(), cluster.clock.now() + 5_000)
    const processes = cluster.exec({ namespace: 'default', pod: 'p' }, ['sh', '-c', 'ls -d /proc/[0-9]*'])
    await cluster.clock.pass(processes.end, cluster.clock.now() + 5_000)
    // PID 1, the shell and its ls.
    expect(processes.stdout.trim().split('\n')).to.have.length.at.most(3)
  })

  it('show a watcher on the socket what a watcher in the process sees, event by event', async () => {
    const inProcess: unknown[] = []
    const overHttp: unknown[] = []
    const response = await server.open('/api/v1/namespaces/default/pods?watch=true')
    let rest = ''
    response.on('data', (chunk: Buffer) => {
      const lines = `${rest}${chunk.toString()}`.split('\n')
      rest = lines.pop() ?? ''
      overHttp.push(...lines.map((line) => JSON.parse(line) as unknown))
    })
    const watch = cluster.watch(PODS, {}, ({ type, object }) => inProcess.push({ type, object }))
    for (const name of ['vito-demo-po-nginx', 'myservice', 'mydb', 'myapp-pod']) await create(name)
    await cluster.clock.pass(new Latch(), cluster.clock.now() + 30_000)
    for (const name of ['vito-demo-po-nginx', 'myapp-pod']) await cluster.request('DELETE', `${PODS}/${name}`)
    await cluster.clock.pass(new Latch(), cluster.clock.now() + 60_000)
    while (overHttp.length < inProcess.length) await once(response, 'data')
    watch.stop()
    response.destroy()
    expect(inProcess.length).to.be.above(20)
    expect(overHttp).to.deep.equal(JSON.parse(JSON.stringify(inProcess)))
  })

  async function create(name: string): Promise<void> {
    const file = fileURLToPath(new URL(`../../manifests/${name}.yaml`, import.meta.url))
    for (const { object } of readManifest(readFileSync(file, 'utf8'), file)) {
      const { status } = await cluster.request(
        'POST',
        `/api/v1/namespaces/default/${object.kind.toLowerCase()}s`,
        object,
      )
      expect(status).to.equal(201)
    }
  }
})
