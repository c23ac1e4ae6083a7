// An important Pod makes room for itself, and takes no more than it needs.

import { expect } from 'chai'
import { filters } from '../../../src/simulator/scheduler/filters/filters.ts'
import { preempt } from '../../../src/simulator/scheduler/preemption.ts'
import type { ClusterView } from '../../../src/simulator/scheduler/cluster-view.ts'
import type { Pod } from '../../../src/pod/json.ts'
import { decide, hungryPod, nodeOf, outcome, viewOf } from './scheduling.ts'

function roomFor(pod: Pod, cluster: ClusterView): string {
  const decision = decide(pod, cluster)
  if (decision.kind === 'fits') return 'fits'
  const preemption = preempt({ pod, decision, cluster, filters })
  if (preemption.kind === 'makes-no-room') return preemption.message
  return `${preemption.nodeName}: ${preemption.victims.map(({ metadata }) => metadata?.name).join(', ')}`
}

describe('preemption', () => {
  const important = { priority: 1000 }

  it('takes the less important Pod, and says no more than why there was no room', () => {
    const node = nodeOf('n')
    node.add(hungryPod('low', '1200m'))
    const high = hungryPod('high', '1200m', important)
    expect(roomFor(high, viewOf([node]))).to.equal('n: low')
    // Recording preemption.
    expect(outcome(high, viewOf([node]))).to.equal('0/1 nodes are available: 1 Insufficient cpu.')
  })

  it('puts back every Pod for which there is still room, the most important first', () => {
    const node = nodeOf('n')
    for (const [name, priority] of [
      ['a', 1],
      ['b', 5],
      ['c', 3],
    ] as const) {
      node.add(hungryPod(name, '600m', { priority }))
    }
    expect(roomFor(hungryPod('high', '700m', important), viewOf([node]))).to.equal('n: a')
  })

  it('spares Pods that are as important, whatever the need', () => {
    const node = nodeOf('n')
    node.add(hungryPod('equal', '1200m', important))
    expect(roomFor(hungryPod('high', '1200m', important), viewOf([node]))).to.contain(
      '1 No preemption victims found for incoming pod.',
    )
  })

  it('is not tried for a Pod whose policy is Never', () => {
    const node = nodeOf('n')
    node.add(hungryPod('low', '1200m'))
    const patient = hungryPod('high', '1200m', { ...important, preemptionPolicy: 'Never' })
    expect(roomFor(patient, viewOf([node]))).to.contain('not eligible due to preemptionPolicy=Never.')
  })

  it('prefers a node on which no disruption budget is broken', () => {
    const [guarded, free] = [nodeOf('guarded'), nodeOf('free')]
    guarded.add(hungryPod('one', '1200m'))
    free.add(hungryPod('two', '1200m'))
    const budgetsOf = (pod: Pod) =>
      pod.metadata?.name === 'one' ? [{ name: 'b', disruptionsAllowed: 0 }] : []
    expect(roomFor(hungryPod('high', '1200m', important), viewOf([guarded, free], { budgetsOf }))).to.equal(
      'free: two',
    )
  })
})
