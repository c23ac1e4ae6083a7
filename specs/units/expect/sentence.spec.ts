// Sentences from their beginning to their end.

import { expect } from 'chai'
import { closeSession, UnfinishedSentences } from '../../../src/expect/close-session.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { failureOf, hasRecordings, replay } from '../../support/replayed.ts'

describe('expect/sentence', () => {
  before(function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  afterEach(() => enterSession(undefined))

  it('does nothing before it is awaited, and is judged once', async () => {
    const session = replay('seed-b-init-services')
    const claim = expectPod('myapp-pod').toShowStatus('Running')
    expect(session.claims).to.have.length(0)
    await claim
    await claim
    expect(session.claims).to.have.length(1)
  })

  it('fails the test when it is never awaited, and says where it stands', async () => {
    const session = replay('seed-b-init-services')
    void expectPod('myapp-pod').toShowStatus('Running')
    const failure = await failureOf(closeSession(session))
    expect(failure).to.be.instanceOf(UnfinishedSentences)
    expect(failure.message).to.equal(
      `expectPod('myapp-pod').toShowStatus('Running') was never awaited; write "await" before it`,
    )
    expect(failure.stack).to.include('sentence.spec.ts')
  })

  it('fails the test when it says nothing', async () => {
    const session = replay('seed-b-init-services')
    expectPod('myapp-pod').container('init-mydb')
    const failure = await failureOf(closeSession(session))
    expect(failure.message).to.include("expectPod('myapp-pod').container('init-mydb') says nothing")
  })

  it('fails when it lacks its period', async () => {
    replay('seed-b-init-services')
    const failure = await failureOf(expectPod('myapp-pod').toStay('Init:0/2'))
    expect(failure.message).to.include("say how long: .toStay(...).for('10s')")
  })

  it('points to the line of the spec when it fails', async () => {
    replay('seed-b-init-services')
    const failure = await failureOf(expectPod('myapp-pod').toShowStatus('Running', { within: '1s' }))
    expect(failure.stack?.split('\n').find((line) => line.includes(' at '))).to.include('sentence.spec.ts')
  })

  it('is recorded with what it says, when it held, and what failed', async () => {
    const session = replay('seed-b-init-services')
    await failureOf(expectPod('myapp-pod').toShowStatus('Running', { within: '1s' }))
    const [claim] = session.claims
    expect(claim).to.deep.include({
      kind: 'toShowStatus',
      text: "expectPod('myapp-pod').toShowStatus('Running', { within: '1s' })",
      about: { kind: 'Pod', name: 'myapp-pod' },
      held: false,
    })
    expect(claim?.failure?.received).to.equal('Init:0/2')
  })

  it('suggests the Pod that was probably meant', async () => {
    replay('seed-b-init-services')
    const failure = await failureOf(expectPod('myap-pod').toShowStatus('Running', { within: '1s' }))
    expect(failure.message)
      .to.include('Received  no Pod of that name')
      .and.to.include('did you mean "myapp-pod"?')
  })
})
