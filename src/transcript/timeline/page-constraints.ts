// Reads every span of time that a page tells, as an interval between two instants of one timeline.

import { spanToken } from '../compare/token.ts'
import { readEvents } from '../compare/events.ts'
import { readTable, type Row } from '../compare/table.ts'
import { type PageObject, pageObjects } from '../page-manifests.ts'
import type { CommandStep, Page, SourceLine } from '../page.ts'
import type { Constraint } from './difference-constraints.ts'
import { initContainersOf } from './init-containers.ts'
import { changesSomething, sleptMs, waits } from './command-times.ts'
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
  /** Not certain, only usual: that something happens soon after what makes it happen. */
  readonly isUsual?: true
}

/** The instant at which the first step of a page is typed. */
export const START = 'start'

/** How long a command takes that waits for nothing: from typing to printing, at least and at most. */
const COMMAND_LEAST_MS = 100
const COMMAND_MOST_MS = 300

/** How exactly `time` can be repeated: a deletion ends at the grid of the kubelet's relists. */
const REAL_SLACK_MS = 1_500

/** What a command sets off in a Pod happens within so long: a round of a waiting loop, a relist, a container's start. */
const PROMPTLY_MS = 6_000

/** The constraints of a page, in its order. */
export function pageConstraints(page: Page): PageConstraint[] {
  const reading = new Timeline(initContainersOf(page), pageObjects(page))
  for (const [index, step] of page.steps.entries()) if (step.kind === 'command') reading.take(index, step)
  return reading.constraints
}

class Timeline {
  readonly constraints: PageConstraint[] = []
  #initContainers: ReadonlyMap<string, readonly string[]>
  /** How often each object was created: a name that is used again is another object. */
  #generations = new Map<string, number>()
  #lastTyped = START
  /** The last command that changed something, and what was seen of each Pod since. */
  #lastChange: string | undefined
  #initsSeen = new Map<string, { readonly done: number; readonly change: string | undefined }>()
  #lastPrinted = new Map<string, string>()

  #objects: readonly PageObject[]

  constructor(initContainers: ReadonlyMap<string, readonly string[]>, objects: readonly PageObject[]) {
    this.#initContainers = initContainers
    this.#objects = objects
  }

  take(index: number, step: CommandStep): void {
    const typed = `typed ${index}`
    const printed = `printed ${index}`
    this.#implies(this.#lastTyped, typed, 0)
    this.#implies(this.#lastPrinted.get(step.terminal) ?? START, typed, 0)
    this.#lastTyped = typed
    this.#lastPrinted.set(step.terminal, printed)
    const sleepMs = sleptMs(step.source)
    const mostMs = waits(step.source) ? Infinity : sleepMs + COMMAND_MOST_MS
    this.#implies(typed, printed, sleepMs + COMMAND_LEAST_MS, mostMs)
    if (changesSomething(step.source)) this.#lastChange = typed
    const created = objectsCreated(step)
    for (const key of created.length > 0 ? created : this.#appliedFirst(step))
      this.#takeCreation(key, typed, printed)
    this.#takeOutput(step, typed, printed)
  }

  /** What a command creates without showing it: the objects of its file, unless they are there already. */
  #appliedFirst({ source }: CommandStep): string[] {
    const files = [...source.matchAll(/\b(?:apply|create)\b.*?\s(?:-f|--filename)[ =]\s*(\S+)/g)].map(
      ([, file = '']) => baseName(file),
    )
    return this.#objects
      .filter(({ file }) => file !== undefined && files.includes(baseName(file)))
      .map(({ kind, name }) => `${kind.toLowerCase()}/${name}`)
      .filter((key) => !this.#generations.has(key))
  }

  /** The kind of an object that the page gives: `get -f FILE` does not say it. */
  #kindOf(name: string): string | undefined {
    return this.#objects.find((object) => object.name === name)?.kind.toLowerCase()
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
      this.#claims(typed, printed, { ...span, ms: span.ms - REAL_SLACK_MS, stepMs: 2 * REAL_SLACK_MS }, real)
    this.#takeEvents(step, printed)
    const table = readTable(lines, ({ text }) => text)
    if (!table) return
    if (/\s(?:-w|--watch)\b/.test(step.source)) return this.#takeWatch(table.rows, step, typed, printed)
    for (const row of table.rows) {
      if (row.cells['NAMES'] !== undefined) this.#takeContainer(row, printed)
      else this.#takeRow(row, step, printed)
    }
  }

  /** Rows of a watch are printed one after the other, the first at once. */
  #takeWatch(rows: readonly Row<SourceLine>[], step: CommandStep, typed: string, printed: string): void {
    let before = typed
    for (const [index, row] of rows.entries()) {
      const isLast = index === rows.length - 1
      const at = index === 0 ? typed : isLast ? printed : `${printed} row ${index}`
      if (at !== before) this.#implies(before, at, 0)
      this.#takeRow(row, step, at)
      before = at
    }
  }

  /** Events below a description: the first of them comes as soon as the object is created. */
  #takeEvents({ source, expected }: CommandStep, at: string): void {
    const [, resource = '', name = ''] =
      /\bkubectl\b.*\bdescribe\s+(?!-)([\w.]+)[ /]([\w.-]+)/.exec(source) ?? []
    const key = objectKey(resource, name)
    const first = readEvents(expected?.lines ?? [])?.rows.find(({ event }) => FIRST_EVENTS.test(event.reason))
    const span = spanToken(first?.event.age?.split(' ')[0] ?? '')
    if (key === undefined || resource === '' || !first || !span) return
    this.#isMadeByPage(key)
    this.#claims(this.#created(key), at, span, first.line)
  }

  /** On a cluster of its own, what a page shows the age of was created by the page. */
  #isMadeByPage(key: string): void {
    if (!BEFORE_ANY_PAGE.test(key)) this.#implies(START, this.#created(key), 0)
  }

  /** A row of `kubectl get`: the object's age, the time since its last restart, and how far its Pod has come. */
  #takeRow(row: Row<SourceLine>, step: CommandStep, at: string): void {
    const { NAME: name = '', AGE: age = '', RESTARTS: restarts = '', STATUS: status = '' } = row.cells
    const key = objectKey(resourceAsked(step.source) ?? this.#kindOf(name), name)
    if (!key) return
    const ageSpan = spanToken(age)
    if (ageSpan) this.#isMadeByPage(key)
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
      this.#takeProgress(key, Number(done))
    } else if (/^(?:Running|PodInitializing|Completed|Error|CrashLoopBackOff)$/.test(status)) {
      const inits = this.#initContainers.get(key)?.length ?? 0
      if (inits === 0) return
      this.#implies(this.#initialized(key, inits), at, 0)
      this.#takeProgress(key, inits)
    }
  }

  /** Init containers that ended since the Pod was last looked at ended because of the command typed in between. */
  #takeProgress(key: string, done: number): void {
    const before = this.#initsSeen.get(key) ?? { done: 0, change: undefined }
    const change = this.#lastChange
    this.#initsSeen.set(key, { done, change })
    if (change === undefined || change === before.change) return
    for (let count = before.done + 1; count <= done; count++) {
      const from = count === before.done + 1 ? change : this.#initialized(key, count - 1)
      this.#implies(from, this.#initialized(key, count), 0)
      this.#usually(from, this.#initialized(key, count))
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
    const from = before > 0 ? this.#initialized(key, before) : this.#created(key)
    this.#implies(from, started, 0)
    this.#usually(from, started)
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

  #usually(from: string, to: string): void {
    this.constraints.push({
      from,
      to,
      leastMs: 0,
      mostMs: PROMPTLY_MS,
      line: undefined,
      text: '',
      isUsual: true,
    })
  }

  #implies(from: string, to: string, leastMs: number, mostMs = Infinity, line?: SourceLine): void {
    this.constraints.push({ from, to, leastMs, mostMs, line: undefined, text: line?.text ?? '' })
  }
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '')
}

/** What every cluster and every namespace has from its beginning. */
const BEFORE_ANY_PAGE =
  /^(?:node|namespace|storageclass|priorityclass)\/|^service\/kubernetes$|^serviceaccount\/default$|^configmap\/kube-root-ca\.crt$/

/** What happens to an object at once: a Pod finds its node, a ReplicaSet its Pods. */
const FIRST_EVENTS = /^(?:Scheduled|ScalingReplicaSet|SuccessfulCreate)$/
