// Claims about Pods, judged by what a real cluster did.

import { expect } from 'chai'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { failureOf, hasRecordings, replay } from '../../support/replayed.ts'

describe('expect/pod', () => {
  before(function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  afterEach(() => enterSession(undefined))

  it('shows one STATUS after the other, each claim beginning where the last one held', async () => {
    const session = replay('seed-b-init-services')
    await expectPod('myapp-pod').toShowStatus('Init:0/2')
    await expectPod('myapp-pod').toStay('Init:0/2').for('9s')
    await expectPod('myapp-pod').toShowInOrder('Init:1/2', 'PodInitializing', 'Running')
    await expectPod('myapp-pod').toShowStatus('Running', { ready: '1/1', restarts: 0 })
    await expectPod('myapp-pod').toShowStatus('Terminating')
    expect(session.claims.map(({ atMs }) => atMs - session.history.facts.startedAtMs)).to.deep.equal([
      212, 9212, 18549, 18549, 21370,
    ])
  })

  it('measures a deletion from its request and tells what it is due to', async () => {
    const session = replay('seed-a-vito-prestop')
    await expectPod('vito-demo-po-nginx').toBeReady()
    await expectPod('vito-demo-po-nginx').toShowStatus('Terminating', { ready: '1/1' })
    await expectPod('vito-demo-po-nginx').toBeDeleted({ atLeast: '20s', atMost: '31s' }).because('preStop')
    const { duration } = session.claims.at(-1) ?? {}
    expect(duration).to.deep.include({
      label: 'delete vito-demo-po-nginx',
      atLeastMs: 20_000,
      cause: 'preStop',
    })
    expect((duration?.toMs ?? 0) - (duration?.fromMs ?? 0)).to.equal(20_833)
  })

  it('does not accept a state from before the cursor', async () => {
    replay('seed-b-init-services')
    await expectPod('myapp-pod').toShowStatus('Init:1/2')
    const failure = await failureOf(expectPod('myapp-pod').toShowStatus('Init:0/2'))
    expect(failure.message).to.include('Received  Error; the Pod has ended (phase Failed)')
  })

  it('fails at once when it can no longer come true', async () => {
    const session = replay('rp-never-exit0')
    await failureOf(expectPod('p').toShowStatus('Terminating', { within: '1h' }))
    const { claims, history } = session
    expect(history.timeline('Pod', 'p')?.last?.object).to.have.nested.property('status.phase', 'Succeeded')
    expect((claims[0]?.atMs ?? 0) - history.facts.startedAtMs).to.be.lessThan(60_000)
  })

  it('names the first state that should not have been', async () => {
    replay('seed-b-init-services')
    const failure = await failureOf(expectPod('myapp-pod').toStay('Init:0/2').for('30s'))
    expect(failure.message).to.include('Received  Init:1/2 after 9.176s')
    expect((await failureOf(expectPod('myapp-pod').toNeverShow('Running'))).message).to.include(
      'Received  Running at',
    )
  })

  it('looks back over the whole life without waiting', async () => {
    replay('seed-b-init-services')
    await expectPod('myapp-pod').toShowStatus('Running')
    await expectPod('myapp-pod').toHaveShown('Pending', 'Init:1/2')
    expect((await failureOf(expectPod('myapp-pod').toHaveShown('Error'))).message).to.include(
      'only Pending, Init:0/2, Init:1/2, PodInitializing, Running',
    )
  })

  it('knows containers, their exits, their order and what they write', async () => {
    replay('seed-b-init-services')
    const pod = expectPod('myapp-pod')
    await pod.container('init-myservice').toExitWith(0)
    await pod.container('init-myservice').toFinishBefore('init-mydb')
    await pod.container('init-mydb').toFinishBefore('myapp-container')
    await pod.container('myapp-container').toLog('The app is running!')
    await pod.logs.toComeFrom('myapp-container')
    await pod.toHaveEvent('Started')
    const failure = await failureOf(pod.container('init-mysevice').toExitWith(0))
    expect(failure.message).to.include('did you mean "init-myservice"?')
  })

  it('lets claims that are awaited together share the clock and the cursor', async () => {
    const session = replay('seed-b-init-services')
    await Promise.all([
      expectPod('myapp-pod').toShowStatus('Running'),
      expectPod('myapp-pod').toShowStatus('Init:0/2'),
      expectPod('myapp-pod').container('init-mydb').toExitWith(0),
    ])
    expect(session.claims.map(({ kind }) => kind)).to.deep.equal([
      'toShowStatus',
      'toExitWith',
      'toShowStatus',
    ])
    expect(session.cluster.clock.now() - session.history.facts.startedAtMs).to.equal(18_549)
  })

  it('explains a failure with the timeline, the cause and the next step', async () => {
    replay('seed-b-init-services')
    const failure = await failureOf(expectPod('myapp-pod').toShowStatus('Running', { within: '8s' }))
    expect(failure.message.split('\n').map((line) => line.trimEnd())).to.deep.equal([
      "expectPod('myapp-pod').toShowStatus('Running', { within: '8s' }) failed",
      '',
      '  Expected  Running within 8s',
      '  Received  Init:0/2',
      '  Timeline  +0.00s Pending',
      '            +0.01s Pending (scheduled to node1)',
      '            +0.03s Init:0/2',
      '            +0.68s Init:0/2 (init-myservice started)   <- 7.1s here',
      '  Because   init-myservice waits for Service "myservice", which does not exist (asked 4 times)',
      '  Next      apply a Service "myservice", for example: kubectl create service clusterip myservice --tcp=80',
      '',
    ])
  })
})
