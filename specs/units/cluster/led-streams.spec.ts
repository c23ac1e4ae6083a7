// What a simulator that leads us writes to a log or a command stops its time, however long it takes to arrive.

import { expect } from 'chai'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { kubeconfigCluster } from '../../../src/cluster/kubeconfig.ts'
import { apply } from '../../../src/expect/actions/apply.ts'
import { closeSession } from '../../../src/expect/close-session.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { openSession } from '../../../src/expect/open-session.ts'
import { restartableApi } from '../../support/restartable-api.ts'
import type { RestartableApi } from '../../support/restartable-api.ts'

const DELAY_MS = 150
const STREAMS = /^GET \S+\/(?:log|exec)\?/m

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  restartPolicy: Never
  containers:
    - { name: main, image: busybox:1.28, command: [sh, -c, 'sleep 5; echo five; sleep 3600'] }
`

/** Passes everything on, what comes back on connections with a log or a command a while later. */
function slowStreams(upstreamPort: number): Promise<Server> {
  const server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1')
    let isStream = false
    client.on('data', (chunk: Buffer) => {
      isStream ||= STREAMS.test(chunk.toString('latin1'))
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (isStream) setTimeout(() => client.write(chunk), DELAY_MS)
      else client.write(chunk)
    })
    client.on('close', () => upstream.destroy()).on('error', () => {})
    upstream.on('close', () => client.end()).on('error', () => {})
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe('a led clock', function () {
  this.timeout(30_000)
  let api: RestartableApi
  let proxy: Server
  let cluster: Cluster

  before(async () => {
    api = await restartableApi('led streams')
    proxy = await slowStreams(api.port)
    cluster = await kubeconfigCluster({ text: api.kubeConfigAt((proxy.address() as AddressInfo).port) })
  })
  after(async () => {
    await cluster.close()
    proxy.close()
    await api.close()
  })

  it('stands until the lines and the outputs that it was told of have arrived', async () => {
    const session = await openSession({ cluster, title: 'slow streams' })
    const before = enterSession(session)
    try {
      await apply(session, POD)
      await expectPod('p').toBeReady()
      await expectPod('p').container('main').toLog('five')
      await expectPod('p').exec('sh', '-c', 'sleep 2; echo two').toPrint('two')
      const [ready = 0, logged = 0, printed = 0] = session.claims.map(({ atMs }) => atMs)
      expect(logged - ready).to.be.within(4_000, 5_100)
      expect(printed - logged).to.be.within(2_000, 2_500)
    } finally {
      enterSession(before)
      await closeSession(session)
    }
  })
})
