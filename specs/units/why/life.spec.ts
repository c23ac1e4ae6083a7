// The lives of recorded Pods, cut into steps.

import { expect } from 'chai'
import type { History } from '../../../src/history/history.ts'
import { durationOf } from '../../../src/why/critical-path.ts'
import { life } from '../../../src/why/life.ts'
import { allPodRecords } from '../../../src/why/pod-record.ts'
import type { PodRecord } from '../../../src/why/pod-record.ts'
import { stepLabel } from '../../../src/why/step.ts'
import { hasRecordings, recording, recordingNames } from './recordings.ts'

describe('the life of a Pod', () => {
  before(function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  for (const name of recordingNames()) {
    it(`${name}: has neither gaps nor overlaps from the first state to the last`, () => {
      for (const record of recordsOf(recording(name))) {
        const segments = life(record)
        const edges = segments.flatMap(({ from, to }) => [from.atMs, to.atMs])
        expect(edges).to.deep.equal(edges.toSorted((a, b) => a - b))
        expect(segments.slice(1).map(({ from }) => from)).to.deep.equal(
          segments.slice(0, -1).map(({ to }) => to),
        )
        expect(segments[0]?.from.atMs).to.equal(record.states[0]?.atMs)
      }
    })
  }

  const lives: Readonly<Record<string, readonly string[]>> = {
    'seed-a-vito-prestop': [
      'running 4.6s',
      'preStop (nginx) 20.0s',
      'TERM to exit (nginx) 0.2s',
      'teardown 0.7s',
    ],
    'delete-during-poststart': ['postStart (main) 10.1s', 'TERM to exit (main) 0.3s', 'teardown 0.6s'],
    finalizer: ['running 2.3s', 'TERM to exit (main) 0.2s', 'teardown 0.5s', 'finalizers 8.9s'],
    'prestop-longer-ignore-term': [
      'running 2.2s',
      'preStop (main) 6.0s',
      'TERM ignored until KILL (main) 1.7s',
      'teardown 1.5s',
    ],
    'sidecar-order': [
      'TERM to exit (main) 0.2s',
      'TERM to exit (sc2) 0.6s',
      'TERM to exit (sc1) 0.8s',
      'teardown 0.9s',
    ],
    'startup-protects': [
      'status report 0.1s',
      'startup probe (main) 13.3s',
      'readiness probe (main) 0.0s',
      'running 4.1s',
    ],
  }
  for (const [name, ends] of Object.entries(lives)) {
    it(`${name}: ends with ${ends.join(', ')}`, () => {
      const [record] = recordsOf(recording(name))
      const words = record
        ? life(record).map((segment) => `${stepLabel(segment.step)} ${seconds(durationOf(segment).ms)}`)
        : []
      expect(words.slice(-ends.length)).to.deep.equal(ends)
    })
  }
})

function recordsOf(history: History): PodRecord[] {
  return [...allPodRecords(history)]
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)}s`
}
