// Whether a duration is due to one of its steps.

import { expect } from 'chai'
import { criticalPath, durationOf } from '../../../src/why/critical-path.ts'
import type { CriticalPath } from '../../../src/why/critical-path.ts'
import { isDueTo } from '../../../src/why/due-to.ts'
import { between, exactly } from '../../../src/why/mark.ts'
import { allPodRecords } from '../../../src/why/pod-record.ts'
import { hasRecordings, recording, recordingNames } from './recordings.ts'

describe('a duration is due to a step', () => {
  const hook = { name: 'preStop', container: 'nginx' } as const
  const path = (hookEnd = exactly(20_000, 'spec')): CriticalPath => ({
    pod: 'p',
    fromMs: 0,
    toMs: 21_000,
    durationMs: 21_000,
    segments: [
      { step: hook, from: exactly(0, 'event'), to: hookEnd },
      { step: { name: 'teardown' }, from: hookEnd, to: exactly(21_000, 'watch') },
    ],
  })

  it('if the rest of the path stays below the claimed minimum', () => {
    expect(isDueTo(path(), 'preStop', { atLeastMs: 20_000 })).to.deep.equal({ holds: true })
  })

  it('but not if it would take so long anyway', () => {
    expect(isDueTo(path(), 'teardown', { atLeastMs: 20_000 })).to.deep.equal({
      holds: false,
      reason: 'without teardown (1s) it would still take 20s, which is at least 20s',
    })
  })

  it('without bounds, if the step is the longest', () => {
    expect(isDueTo(path(), 'preStop')).to.deep.equal({ holds: true })
    expect(isDueTo(path(), 'teardown')).to.deep.equal({
      holds: false,
      reason: 'preStop took 20s, teardown only 1s',
    })
  })

  it('not if no time was spent in it', () => {
    expect(isDueTo(path(), 'finalizers')).to.deep.equal({
      holds: false,
      reason: 'no time was spent in finalizers: preStop (nginx) 20s, teardown 1s',
    })
  })

  it('not if the history does not tell how long the step took', () => {
    expect(isDueTo(path(between(0, 20_000, 'spec')), 'preStop', { atLeastMs: 20_000 })).to.deep.equal({
      holds: false,
      reason:
        'the history does not tell: preStop took between 0s and 20s, and it decides whether the rest stays below 20s',
    })
  })
})

describe('the critical path of a recorded deletion', () => {
  before(function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  const deletions = [
    ['seed-a-vito-prestop', 'preStop', 20_000],
    ['prestop-sleep-action', 'preStop', 5_000],
    ['prestop-short', 'preStop', 5_000],
    ['prestop-longer-ignore-term', 'preStop', 6_000],
    ['sigterm-ignored', 'gracePeriod', 8_000],
    ['sigterm-trap-exit0', 'TERM', 9_000],
    ['delete-during-poststart', 'postStart', 6_000],
    ['finalizer', 'finalizers', 8_000],
    ['node-notready', 'kubelet', 60_000],
  ] as const
  for (const [name, cause, atLeastMs] of deletions) {
    for (const run of recordingNames().filter((each) => each === name || each.startsWith(`${name}.`))) {
      it(`${run}: sums to the duration, and is due to ${cause}`, () => {
        const deleted = deletionOf(run)
        const sumMs = deleted.segments.reduce((sum, segment) => sum + durationOf(segment).ms, 0)
        expect(sumMs).to.equal(deleted.durationMs)
        expect(isDueTo(deleted, cause, { atLeastMs })).to.deep.equal({ holds: true })
      })
    }
  }
})

/** From the state in which the first deleted Pod of a recording carries its deletionTimestamp to its end. */
function deletionOf(name: string): CriticalPath {
  const history = recording(name)
  for (const record of allPodRecords(history)) {
    const asked = record.states.find(({ pod }) => pod.metadata?.deletionTimestamp)
    const gone = record.states.find(({ type }) => type === 'DELETED')
    if (asked && gone) return criticalPath(record, asked.atMs, gone.atMs)
  }
  throw new Error(`no Pod was deleted in ${name}`)
}
