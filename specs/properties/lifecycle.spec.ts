// Random Pods on the simulator, and what must hold of each of them.
//   PODPROOF_FULL=1 tries 5,000 of them, PODPROOF_SEED=n others than usual; a failure prints the seed and path that repeat it.

import * as fc from 'fast-check'
import { expect } from 'chai'
import { INVARIANTS } from './invariants.ts'
import { plannedSpec } from './planned-pod.ts'
import { lifeText, liveOut } from './pod-life.ts'
import { podPlan } from './pod-plan.ts'
import type { PodPlan } from './pod-plan.ts'

const isFull = process.env['PODPROOF_FULL'] === '1'
const seed = Number(process.env['PODPROOF_SEED'] ?? 20_261_122)

/** What a life breaks, with all that is needed to see why; empty when all is well. */
function findings(plan: PodPlan): string {
  const life = liveOut(plan)
  const broken = INVARIANTS.flatMap(({ name, broken: judge }) => {
    const ways = judge(life)
    return ways.length === 0 ? [] : [`${name}:\n  ${ways.slice(0, 5).join('\n  ')}`]
  })
  if (broken.length === 0) return ''
  return [...broken, JSON.stringify(plannedSpec(plan), null, 1), lifeText(life)].join('\n\n')
}

describe('any Pod', function () {
  this.timeout(0)

  it(`keeps what a kubelet guarantees (${INVARIANTS.length} invariants)`, () => {
    const property = fc.property(podPlan, (plan) => {
      const found = findings(plan)
      if (found !== '') throw new Error(found)
    })
    fc.assert(property, { seed, numRuns: isFull ? 5_000 : 500 })
  })

  it('lives the same life again from the same plan', () => {
    const property = fc.property(podPlan, (plan) => {
      expect(lifeText(liveOut(plan))).to.equal(lifeText(liveOut(plan)))
    })
    fc.assert(property, { seed, numRuns: 5 })
  })
})
