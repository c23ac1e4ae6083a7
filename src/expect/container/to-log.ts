// container('c').toLog('waiting for myservice'): the container writes this line.

import type { Entry, LogLine } from '../../history/entry.ts'
import { matches } from '../matches.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { received, statusIn } from './container.ts'

/** Several lines are looked for in their order; others may come in between. A text is a whole line, a pattern a part of one. */
export function toLog(
  pod: Subject,
  container: string,
  lines: readonly (string | RegExp)[],
  options?: Within,
): Claim {
  return pod.claim({
    kind: 'toLog',
    args: options ? [...lines, options] : lines,
    within: options?.within,
    judge: async (trial) => {
      const { history } = trial.session
      const { name } = trial.about
      if (trial.last) statusIn(trial, trial.last, container)
      let next = 0
      const found = await trial.followEntries({
        past: history.log(name, container),
        concerns: (entry: Entry): entry is LogLine =>
          entry.entry === 'log' && entry.pod === name && entry.container === container,
        see: (line) => {
          const wanted = lines[next]
          if (wanted !== undefined && matches(line.text, wanted)) next++
          return next === lines.length ? line : undefined
        },
      })
      if (found) return { atMs: found.atMs }
      throw notLogged(trial, container, lines[next] ?? '')
    },
  })
}

/** So many lines of the end of a log are shown. */
const SHOWN_LINES = 10

function notLogged(trial: Trial, container: string, wanted: string | RegExp): Error {
  const log = trial.session.history.log(trial.about.name, container)
  const tail = log.slice(-SHOWN_LINES).map((line) => line.text)
  return trial.fail({
    expected: `the line ${wanted instanceof RegExp ? String(wanted) : `"${wanted}"`} within ${trial.patience}`,
    received: tail.length === 0 ? `no line at all: ${received(trial, container)}` : tail.join('\n'),
  })
}
