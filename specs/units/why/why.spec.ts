// Why recorded Pods did not go on, as a failure would say it.

import { expect } from 'chai'
import { readdirSync } from 'node:fs'
import { CAUSES } from '../../../src/why/causes.ts'
import { durationOf } from '../../../src/why/critical-path.ts'
import { life } from '../../../src/why/life.ts'
import { allPodRecords } from '../../../src/why/pod-record.ts'
import { why } from '../../../src/why/why.ts'
import { expectGolden } from '../../support/golden.ts'
import { hasRecordings, recording, recordingNames } from './recordings.ts'

/** A step that was over sooner is not where a claim gets stuck. */
const LONG_MS = 1_500

describe('why a Pod does not go on', () => {
  it('knows every file in causes/, sorted by name', () => {
    const files = readdirSync(new URL('../../../src/why/causes/', import.meta.url))
    expect(CAUSES.map(({ name }) => name)).to.deep.equal(files.map((file) => file.slice(0, -3)).toSorted())
  })

  it('reads well for every long step of every recorded Pod', function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
    const firstRuns = recordingNames().filter((name) => !/\.\d$/.test(name))
    const text = firstRuns.map((name) => [`== ${name}`, ...reasons(name)].join('\n')).join('\n\n')
    expectGolden(`${text}\n`, new URL('golden/why.txt', import.meta.url))
  })
})

/** Each long step with its cause, as seen just before it ended. Steps that only repeat are left out. */
function reasons(name: string): string[] {
  const history = recording(name)
  const lines = new Set<string>()
  for (const record of allPodRecords(history)) {
    for (const segment of life(record).filter((each) => durationOf(each).ms >= LONG_MS)) {
      const found = why(history, record.name, segment.to.atMs - 1)
      if (found)
        lines.add(`${segment.step.name}: [${found.cause}] ${found.because}\n    Next: ${found.next ?? '-'}`)
    }
  }
  return [...lines]
}
