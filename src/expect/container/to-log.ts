// container('c').toLog('waiting for myservice'): the container writes this line.

import type { Entry, LogLine, ObjectChange } from '../../history/entry.ts'
import { matches } from '../matches.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { received, statusIn } from './container.ts'

/** Lines in their order, and how long to wait for the last of them. */
export type LogArguments = readonly (string | RegExp)[] | readonly [...(string | RegExp)[], Within]

/** Several lines are looked for in their order; others may come in between. A text is a whole line, a pattern a part of one. */
export function toLog(pod: Subject, container: string, args: LogArguments): Claim {
  const parts: readonly (string | RegExp | Within)[] = args
  const lines = parts.filter(isText)
  const options = parts.find((part): part is Within => !isText(part))
  return pod.claim({
    kind: 'toLog',
    args,
    within: options?.within,
    judge: async (trial) => {
      if (trial.last) statusIn(trial, trial.last, container)
      const search = new LineSearch(trial, container, lines)
      const found = await search.run()
      if (found) return { atMs: found.atMs }
      throw notLogged(trial, container, search.missing, search.hasEnded)
    },
  })
}

function isText(part: string | RegExp | Within): part is string | RegExp {
  return typeof part === 'string' || part instanceof RegExp
}

/** Looks for lines in the log of one container, and gives up when nobody will write them any more. */
class LineSearch {
  readonly #trial: Trial
  readonly #container: string
  readonly #lines: readonly (string | RegExp)[]
  #next = 0
  /** How many lines of the log were looked at. */
  #seen = 0
  hasEnded = false

  constructor(trial: Trial, container: string, lines: readonly (string | RegExp)[]) {
    this.#trial = trial
    this.#container = container
    this.#lines = lines
  }

  /** The first line that was not found. */
  get missing(): string | RegExp {
    return this.#lines[this.#next] ?? ''
  }

  /** The line with which the last of them was found. */
  async run(): Promise<LogLine | undefined> {
    const { logs, history } = this.#trial.session
    const { name } = this.#trial.about
    const known = history.log(name, this.#container)
    const last = this.#trial.last ? [this.#trial.last] : []
    const found = await this.#trial.followEntries({
      past: [...known, ...last],
      concerns: (entry): entry is LogLine | ObjectChange => this.#concerns(entry),
      see: (entry) => this.#see(entry),
    })
    if (found !== 'ended') return found
    this.hasEnded = true
    await logs.caughtUp(name, this.#container)
    const unseen = history.log(name, this.#container).slice(this.#seen)
    return unseen.find((line) => this.#seeLine(line))
  }

  #concerns(entry: Entry): boolean {
    const { kind, name } = this.#trial.about
    if (entry.entry === 'log') return entry.pod === name && entry.container === this.#container
    return entry.entry === 'change' && entry.object.kind === kind && entry.object.metadata.name === name
  }

  #see(entry: LogLine | ObjectChange): LogLine | 'ended' | undefined {
    if (entry.entry === 'log') return this.#seeLine(entry)
    return endedBecause(entry) === undefined ? undefined : 'ended'
  }

  #seeLine(line: LogLine): LogLine | undefined {
    this.#seen++
    if (matches(line.text, this.missing)) this.#next++
    return this.#next === this.#lines.length ? line : undefined
  }
}

/** So many lines of the end of a log are shown. */
const SHOWN_LINES = 10

function notLogged(trial: Trial, container: string, wanted: string | RegExp, hasEnded: boolean): Error {
  const log = trial.session.history.log(trial.about.name, container)
  const tail = log.slice(-SHOWN_LINES).map((line) => line.text)
  return trial.fail({
    expected: `the line ${literal(wanted)}${hasEnded ? '' : ` within ${trial.patience}`}`,
    received: tail.length === 0 ? `no line at all: ${received(trial, container)}` : tail.join('\n'),
  })
}
