// expectPod('p').toHaveShown('ContainerCreating'): looks back over the whole life of the Pod, and does not wait.

import { rowsOf } from '../../history/rows.ts'
import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'

export function toHaveShown(pod: Subject, rows: readonly Shown[]): Claim {
  return pod.claim({
    kind: 'toHaveShown',
    args: rows,
    // The cursor stays where it is: the past was looked at, nothing was waited for.
    judge: (trial) => {
      const missing = rows.filter((row) => !trial.wholeLife.some((change) => shows(change, row)))
      if (missing.length === 0) return Promise.resolve({})
      const timeline = trial.session.history.timeline(trial.about.kind, trial.about.name)
      const words = timeline ? [...new Set(rowsOf(timeline).map((row) => row.status))] : []
      throw trial.refute({
        expected: `to have shown ${rows.map(shownText).join(' and ')}`,
        received: words.length === 0 ? 'no Pod of that name' : `only ${words.join(', ')}`,
      })
    },
  })
}
