// Where the node can be seen, hooks and exits are known to the millisecond, whatever the Pod declares.

import { expect } from 'chai'
import { simulatorCluster } from '../../../src/cluster/simulator.ts'
import { closeSession } from '../../../src/expect/close-session.ts'
import { cluster } from '../../../src/expect/cluster.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { openSession } from '../../../src/expect/open-session.ts'
import { life } from '../../../src/why/life.ts'
import type { Segment } from '../../../src/why/life.ts'
import { podRecordAt } from '../../../src/why/pod-record.ts'

/** Its hooks take three and two seconds, which nobody can read from them. */
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: {
    containers: [
      {
        name: 'main',
        image: 'busybox:1.36',
        command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1 & wait; done'],
        lifecycle: {
          postStart: { exec: { command: ['sh', '-c', 'n=2; sleep $n'] } },
          preStop: { exec: { command: ['sh', '-c', 'n=3; sleep $n'] } },
        },
      },
    ],
  },
}

describe('a Pod on a node that can be seen', () => {
  it('has a life whose hooks are known to the millisecond', async () => {
    const segments = await lifeOf()
    const hooks = segments.filter(({ step }) => step.name === 'postStart' || step.name === 'preStop')
    expect(hooks.map(({ step, to }) => [step.name, to.source, to.latestMs - to.earliestMs])).to.deep.equal([
      ['postStart', 'node', 0],
      ['preStop', 'node', 0],
    ])
    const [postStartMs, preStopMs] = hooks.map(({ from, to }) => to.atMs - from.atMs)
    expect(postStartMs).to.be.within(2_000, 2_500)
    expect(preStopMs).to.be.within(3_000, 3_500)
  })

  it('lets a claim be due to a hook that declares nothing', async () => {
    await lifeOf(() => expectPod('p').toBeDeleted({ atLeast: '3s' }).because('preStop'))
  })
})

/** Runs the Pod, deletes it, and judges a claim about that; answers its life. */
async function lifeOf(
  judge: () => PromiseLike<void> = () => expectPod('p').toBeDeleted(),
): Promise<readonly Segment[]> {
  const simulated = simulatorCluster({ seed: 'node-notes' })
  const session = await openSession({ cluster: simulated, title: 'node notes' })
  enterSession(session)
  try {
    await cluster.apply(POD)
    await expectPod('p').toShowStatus('Running')
    await cluster.delete('pod/p')
    await judge()
    const record = podRecordAt(session.history, 'p', session.history.endMs)
    return record ? life(record) : []
  } finally {
    enterSession(undefined)
    await closeSession(session)
    await simulated.close()
  }
}
