// container('c').toNeverLog('again', { after: 'stopping' }): until the Pod has ended, the container does not write this line.

import { literal } from '../subject.ts'
import type { Subject } from '../subject.ts'
import { matches } from '../matches.ts'
import { endedBecause } from '../pod/ended.ts'
import { watching } from '../watching.ts'
import type { Watching } from '../watching.ts'

export interface NeverLogOptions {
  /** Lines before this one do not matter. */
  readonly after?: string | RegExp
}

/** A text is a whole line, a pattern a part of one. The log is read once the Pod has ended or the time is over. */
export function toNeverLog(
  pod: Subject,
  container: string,
  line: string | RegExp,
  options: NeverLogOptions = {},
): Watching {
  const { after } = options
  return watching(pod, {
    kind: 'toNeverLog',
    args: after === undefined ? [line] : [line, options],
    judge: async (trial, deadlineMs) => {
      const { logs, history } = trial.session
      const end = await trial.follow((change) => (endedBecause(change) === undefined ? undefined : change), {
        deadlineMs,
      })
      await logs.caughtUp(trial.about.name, container)
      const log = history.log(trial.about.name, container)
      const begin = after === undefined ? 0 : log.findIndex(({ text }) => matches(text, after))
      if (begin < 0)
        throw trial.refute({
          expected: `the line ${literal(after)}`,
          received: `a log of ${log.length} lines without it`,
        })
      const broken = log.slice(begin).find(({ text }) => matches(text, line))
      if (!broken) return { atMs: end?.atMs ?? trial.nowMs }
      throw trial.refute({
        expected: `never the line ${literal(line)}${after === undefined ? '' : ` after ${literal(after)}`}`,
        received: log
          .slice(begin, log.indexOf(broken) + 1)
          .map(({ text }) => text)
          .join('\n'),
      })
    },
  })
}
