// A cluster behind a socket: a simulator that opened its port, reached through its kubeconfig.

import { expect } from 'chai'
import { kubeconfigCluster } from '../../../src/cluster/kubeconfig.ts'
import { simulatorCluster } from '../../../src/cluster/simulator.ts'
import type { Cluster, WatchEvent } from '../../../src/cluster/cluster.ts'
import { apply } from '../../../src/expect/actions/apply.ts'
import { deleteObject } from '../../../src/expect/actions/delete.ts'
import { closeSession } from '../../../src/expect/close-session.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { openSession } from '../../../src/expect/open-session.ts'
import { Latch } from '../../../src/time/latch.ts'

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })

const SHORT_LIVED = `
apiVersion: v1
kind: Pod
metadata: { name: short-lived }
spec:
  restartPolicy: Never
  containers:
    - { name: main, image: busybox:1.28, command: [sh, -c, 'echo begun; sleep 2; echo done; exit 5'] }
`

describe('cluster/kubeconfig', () => {
  let server: Cluster
  let cluster: Cluster

  before(async () => {
    server = simulatorCluster({ seed: 'kubeconfig' })
    cluster = await kubeconfigCluster({ text: await server.kubeConfig() })
  })

  after(async () => {
    await cluster.close()
    await server.close()
  })

  it('sends what it is given as it is, and answers with what the server says', async () => {
    const misspelt = { ...configMap('misspelt'), dat: {} }
    const response = await cluster.request('POST', CONFIG_MAPS, misspelt, {
      query: { fieldValidation: 'Warn' },
    })
    expect(response.status).to.equal(201)
    expect(response.warnings).to.deep.equal(['unknown field "dat"'])
    expect((await cluster.request('GET', `${CONFIG_MAPS}/absent`)).body).to.deep.include({
      status: 'Failure',
      message: 'configmaps "absent" not found',
      code: 404,
    })
  })

  it('watches what exists, then every change', async () => {
    const isDeleted = new Latch()
    const seen: string[] = []
    await cluster.request('POST', CONFIG_MAPS, configMap('early'))
    const watch = cluster.watch(CONFIG_MAPS, {}, ({ type, object }: WatchEvent) => {
      seen.push(`${type} ${object.kind} ${object.metadata.name}`)
      if (type === 'DELETED') isDeleted.settle()
    })
    const isListed = () => seen.length > 0
    while (!isListed()) await cluster.clock.pass(new Latch(), cluster.clock.now() + 10)
    await cluster.request('POST', CONFIG_MAPS, configMap('late'))
    await cluster.request('DELETE', `${CONFIG_MAPS}/late`)
    expect(await cluster.clock.pass(isDeleted, cluster.clock.now() + 5_000)).to.equal(true)
    watch.stop()
    expect(seen).to.include('ADDED ConfigMap early')
    expect(seen.slice(-2)).to.deep.equal(['ADDED ConfigMap late', 'DELETED ConfigMap late'])
  })

  it('judges claims about a Pod: its states, its log, a command in it, and its removal', async () => {
    const session = await openSession({ cluster, title: 'behind a socket', file: 'kubeconfig.spec.ts' })
    const before = enterSession(session)
    try {
      await apply(session, SHORT_LIVED)
      await expectPod('short-lived').toShowStatus('Running', { ready: '1/1' })
      await expectPod('short-lived').exec('sh', '-c', 'echo out; echo err >&2; exit 3').toExitWith(3)
      await expectPod('short-lived')
        .exec('no-such-program')
        .toFailWith(/executable file not found in \$PATH/)
      await expectPod('short-lived').container('main').toLog('begun', 'done')
      await expectPod('short-lived').container('main').toExitWith(5)
      await deleteObject(session, 'pod/short-lived')
      await expectPod('short-lived').toBeDeleted()
      expect(session.claims.map(({ held }) => held)).to.not.include(false)
    } finally {
      enterSession(before)
      await closeSession(session)
    }
  })

  it('names the contexts that exist when one is asked for that does not', async () => {
    const text = await server.kubeConfig()
    let message = ''
    await kubeconfigCluster({ text, context: 'nowhere' }).catch((error: Error) => (message = error.message))
    expect(message).to.match(/^the kubeconfig has no context "nowhere"; it has \S+/)
  })
})
