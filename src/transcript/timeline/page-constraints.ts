// Reads every span of time that a page tells, as an interval between two instants of one timeline.

import { spanToken } from '../compare/token.ts'
import { readTable, type Row } from '../compare/table.ts'
import type { CommandStep, Page, SourceLine } from '../page.ts'
import type { Constraint } from './difference-constraints.ts'
import { initContainersOf } from './init-containers.ts'
import { objectKey, objectsCreated, resourceAsked } from './object-key.ts'

/**
 * An interval that the page implies. With a `line` it is a claim of the page, which may be false; without one it is how
 * terminals and Pods work. Instants are called `typed 12`, `printed 12` (by step), `created pod/x`,
 * `initialized pod/x 2` (two init containers done), `started pod/x main`.
 */
export interface PageConstraint extends Constraint {
  readonly line: SourceLine | undefined
  /** The words of the page, for example `5m4s`. */
  readonly text: string
}

/** The instant at which the first step of a page is typed. */
export const START = 'start'

/** How long a command takes that waits for nothing, at most. */
const PROMPT_MS = 1_500

/** The constraints of a page, in its order. */
export function pageConstraints(page: Page): PageConstraint[] {
  const reading = new Timeline(initContainersOf(page))
  for (const [index, step] of page.steps.entries()) if (step.kind === 'command') reading.take(index, step)
  return reading.constraints
}

class Timeline {
  readonly constraints: PageConstraint[] = []
  #initContainers: ReadonlyMap<string, readonly string[]>
  /** How often each object was created: a name that is used again is another object. */
  #generations = new Map<string, number>()
  #lastTyped = START
  #lastPrinted = new Map<string, string>()

  constructor(initContainers: ReadonlyMap<string, readonly string[]>) {
    this.#initContainers = initContainers
  }

  take(index: number, step: CommandStep): void {
    const typed = `typed ${index}`
    const printed = `printed ${index}`
    this.#implies(this.#lastTyped, typed, 0)
    this.#implies(this.#lastPrinted.get(step.terminal) ?? START, typed, 0)
    this.#lastTyped = typed
    this.#lastPrinted.set(step.terminal, printed)
    const sleepMs = sleptMs(step.source)
    this.#implies(typed, printed, sleepMs, waits(step.source) ? Infinity : sleepMs + PROMPT_MS)
    for (const key of objectsCreated(step)) this.#takeCreation(key, typed, printed)
    this.#takeOutput(step, typed, printed)
  }

  #takeCreation(key: string, typed: string, printed: string): void {
    this.#generations.set(key, (this.#generations.get(key) ?? 0) + 1)
    this.#implies(typed, this.#created(key), 0)
    this.#implies(this.#created(key), printed, 0)
  }

  #takeOutput(step: CommandStep, typed: string, printed: string): void {
    const lines = step.expected?.lines ?? []
    const real = lines.find(({ text }) => /^real\s/.test(text))
    const span = real && spanToken(real.text.replace(/^real\s+/, ''))
    if (real && span)
      this.#claims(typed, printed, { ...span, ms: span.ms - PROMPT_MS, stepMs: 2 * PROMPT_MS }, real)
    const table = readTable(lines, ({ text }) => text)
    if (!table) return
    const isWatch = /\s(?:-w|--watch)\b/.test(step.source)
    for (const [index, row] of table.rows.entries()) {
      if (row.cells['NAMES'] !== undefined) this.#takeContainer(row, printed)
      else if (!isWatch || index === 0) this.#takeRow(row, step, isWatch ? typed : printed)
      else if (index === table.rows.length - 1) this.#takeRow(row, step, printed)
    }
  }

  /** A row of `kubectl get`: the object's age, the time since its last restart, and how far its Pod has come. */
  #takeRow(row: Row<SourceLine>, step: CommandStep, at: string): void {
    const { NAME: name = '', AGE: age = '', RESTARTS: restarts = '', STATUS: status = '' } = row.cells
    const key = objectKey(resourceAsked(step.source), name)
    if (!key) return
    const ageSpan = spanToken(age)
    if (ageSpan) this.#claims(this.#created(key), at, ageSpan, row.line)
    const [, count = '', ago = ''] = /^(\d+) \((\S+) ago\)$/.exec(restarts) ?? []
    const agoSpan = spanToken(ago)
    if (agoSpan) this.#claims(`ended ${this.#object(key)} ${count}`, at, agoSpan, row.line)
    if (key.startsWith('pod/')) this.#takeStatus(key, status, at, row.line)
  }

  /** `Init:1/2` stands between the end of the first init container and that of the second. */
  #takeStatus(key: string, status: string, at: string, line: SourceLine): void {
    const [, done, all] = /^Init:(\d+)\/(\d+)$/.exec(status) ?? []
    if (done !== undefined && all !== undefined) {
      for (let index = 1; index <= Number(all); index++) {
        this.#implies(
          index === 1 ? this.#created(key) : this.#initialized(key, index - 1),
          this.#initialized(key, index),
          0,
        )
      }
      if (Number(done) > 0) this.#implies(this.#initialized(key, Number(done)), at, 0)
      this.#implies(at, this.#initialized(key, Number(done) + 1), 0, Infinity, line)
    } else if (/^(?:Running|PodInitializing|Completed|Error|CrashLoopBackOff)$/.test(status)) {
      const inits = this.#initContainers.get(key)?.length ?? 0
      if (inits > 0) this.#implies(this.#initialized(key, inits), at, 0)
    }
  }

  /** A row of `docker ps -a`: when a container was created, started, and ended. */
  #takeContainer(row: Row<SourceLine>, at: string): void {
    const { NAMES: names = '', CREATED: created = '', STATUS: status = '' } = row.cells
    const [, container = '', pod = ''] = /^k8s_([^_]+)_([^_]+)_[^_]+_[^_]+_\d+$/.exec(names) ?? []
    if (!container || !pod) return
    const key = `pod/${pod}`
    const started = `started ${this.#object(key)} ${container}`
    this.#implies(this.#created(key), started, 0)
    this.#takeOrder(key, container, started)
    const createdSpan = spanToken(created.replace(/ ago$/, ''))
    if (createdSpan) this.#claims(started, at, createdSpan, row.line)
    const upSpan = spanToken(status.replace(/^Up /, '').replace(/ \(.*\)$/, ''))
    if (upSpan && status.startsWith('Up ')) this.#claims(started, at, upSpan, row.line)
    const exitedSpan = spanToken(/^Exited \(\d+\) (.+) ago$/.exec(status)?.[1] ?? '')
    if (exitedSpan) this.#claims(this.#ended(key, container), at, exitedSpan, row.line)
  }

  /** Init containers run one after the other, and before the others. */
  #takeOrder(key: string, container: string, started: string): void {
    const inits = this.#initContainers.get(key) ?? []
    const index = inits.indexOf(container)
    const before = index < 0 ? (container === 'POD' ? 0 : inits.length) : index
    if (before > 0) this.#implies(this.#initialized(key, before), started, 0)
    this.#implies(started, this.#ended(key, container), 0)
  }

  #ended(key: string, container: string): string {
    const index = (this.#initContainers.get(key) ?? []).indexOf(container)
    return index < 0 ? `ended ${this.#object(key)} ${container}` : this.#initialized(key, index + 1)
  }

  #created(key: string): string {
    return `created ${this.#object(key)}`
  }

  #initialized(key: string, count: number): string {
    return `initialized ${this.#object(key)} ${count}`
  }

  /** An object by name and, if the page uses the name again, by how often. */
  #object(key: string): string {
    const generation = this.#generations.get(key) ?? 1
    return generation > 1 ? `${key}#${generation}` : key
  }

  #claims(
    from: string,
    to: string,
    span: { ms: number; stepMs: number; text: string },
    line: SourceLine,
  ): void {
    this.constraints.push({
      from,
      to,
      leastMs: span.ms,
      mostMs: span.ms + span.stepMs - 1,
      line,
      text: span.text,
    })
  }

  #implies(from: string, to: string, leastMs: number, mostMs = Infinity, line?: SourceLine): void {
    this.constraints.push({ from, to, leastMs, mostMs, line: undefined, text: line?.text ?? '' })
  }
}

/** How long a command sleeps by its own words. */
function sleptMs(source: string): number {
  const sleeps = [...source.matchAll(/(?:^|[;&|]\s*)sleep\s+(\d+(?:\.\d+)?)([smh]?)/g)]
  return sleeps.reduce(
    (sum, [, count = '0', unit = '']) => sum + (spanToken(`${count}${unit || 's'}`)?.ms ?? 0),
    0,
  )
}

/** Commands that take as long as the cluster does. */
function waits(source: string): boolean {
  return /\bkubectl\b.*\b(?:delete|wait|rollout|drain|exec|run|attach|debug|port-forward|cp)\b|\s(?:-w|--watch|-f|--follow)\b|\bwatch\b|\bwhile\b|\buntil\b/.test(
    source,
  )
}
