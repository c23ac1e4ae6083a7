// Where two recordings of one scenario part: statuses, intervals, exits, events, outputs, fields.

import { diffArrays } from 'diff'
import type { History } from '../history/history.ts'
import { podOf, rowsOf } from '../history/rows.ts'
import type { Timeline } from '../history/timeline.ts'
import { allContainerStatuses } from '../pod/containers.ts'
import { Volatile } from './volatile.ts'

/** What two recordings have to say of each other. Empty lists mean that they agree. */
export interface Divergence {
  readonly name: string
  /** Every Pod of either, with the rows of both on one axis. */
  readonly pods: readonly PodDivergence[]
  readonly exits: Difference
  readonly events: Difference
  readonly outputs: readonly OutputDivergence[]
}

export interface PodDivergence {
  readonly pod: string
  readonly rows: readonly AlignedRow[]
  /** Intervals between rows of both that are not alike. */
  readonly intervals: readonly Interval[]
  readonly fields: readonly FieldDivergence[]
}

/** A row of one or both, with the offsets at which each showed it, in milliseconds. */
export interface AlignedRow {
  readonly text: string
  readonly aMs: number | undefined
  readonly bMs: number | undefined
}

export interface Interval {
  readonly from: string
  readonly to: string
  readonly aMs: number
  readonly bMs: number
}

/** What only one of them has. */
export interface Difference {
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
}

export interface OutputDivergence extends Difference {
  readonly command: string
  readonly exitCodeA: number | undefined
  readonly exitCodeB: number | undefined
}

export interface FieldDivergence {
  /** `first.spec.containers[0].image`, `last.status.phase` */
  readonly path: string
  readonly a: unknown
  readonly b: unknown
}

/** Intervals are alike within two seconds or a third of the longer one. */
const INTERVAL_MS = 2_000
const INTERVAL_SHARE = 1 / 3

/** Compares two recordings of one scenario. */
export function compare(a: History, b: History): Divergence {
  const sides = { a: new Side(a), b: new Side(b) }
  return {
    name: a.facts.name,
    pods: comparePods(sides),
    exits: difference(sides.a.exits(), sides.b.exits()),
    events: difference(sides.a.events(), sides.b.events()),
    outputs: compareOutputs(sides),
  }
}

/** Whether nothing differs. */
export function isAgreement({ pods, exits, events, outputs }: Divergence): boolean {
  const doPodsAgree = pods.every(
    ({ rows, intervals, fields }) =>
      intervals.length + fields.length === 0 &&
      rows.every(({ aMs, bMs }) => aMs !== undefined && bMs !== undefined),
  )
  return (
    doPodsAgree &&
    outputs.length === 0 &&
    [exits, events].every((part) => part.onlyA.length + part.onlyB.length === 0)
  )
}

interface Sides {
  readonly a: Side
  readonly b: Side
}

/** One of the two, in comparable words. */
class Side {
  readonly history: History
  readonly pods: readonly Timeline[]
  #volatile: Volatile

  constructor(history: History) {
    this.history = history
    this.pods = history.timelines('Pod')
    this.#volatile = new Volatile(history)
  }

  /** The rows of a Pod with their offsets; the last of a Pod that is gone is `deleted`. */
  rows(pod: Timeline | undefined): { readonly text: string; readonly ms: number }[] {
    if (!pod) return []
    return rowsOf(pod).map(({ change, ready, status, restarts }) => ({
      text: change.type === 'DELETED' ? 'deleted' : `${ready} ${status} ${restarts}`,
      ms: change.atMs - this.history.facts.startedAtMs,
    }))
  }

  /** The first object and the last status of a Pod. */
  fields(pod: Timeline | undefined): unknown {
    const [first] = pod?.changes ?? []
    return this.#volatile.value({ first: first?.object, last: { status: pod?.last?.object['status'] } })
  }

  /** `pod/container: 137 OOMKilled` for every instance that any status showed as ended. */
  exits(): string[] {
    const exits = new Map<string, string>()
    for (const { name, changes } of this.pods) {
      for (const status of changes.flatMap((change) => allContainerStatuses(podOf(change) ?? {}))) {
        for (const ended of [status.lastState?.terminated, status.state?.terminated]) {
          const text = `${this.#volatile.text(name)}/${status.name}: ${ended?.exitCode} ${ended?.reason ?? ''}`
          if (ended)
            exits.set(`${name}/${status.name}/${ended.containerID}/${ended.finishedAt}`, text.trimEnd())
        }
      }
    }
    return [...exits.values()]
  }

  events(): string[] {
    const texts = this.history.events().map(({ object }) => {
      const { involvedObject, type, reason, message } = object as EventFields
      return `${involvedObject?.kind} ${type} ${reason}: ${this.#volatile.text(message ?? '')}`
    })
    return [...new Set(texts)]
  }

  lines(index: number): string[] {
    const { stdout = '', stderr = '' } = this.history.commands[index] ?? {}
    const lines = `${stdout}\n${stderr}`.split('\n').map((line) => this.#volatile.text(line))
    return lines.filter((line) => line !== '')
  }
}

interface EventFields {
  readonly involvedObject?: { readonly kind?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
}

/** Pods are matched in the order of their appearance: their names may be generated. */
function comparePods({ a, b }: Sides): PodDivergence[] {
  const count = Math.max(a.pods.length, b.pods.length)
  return Array.from({ length: count }, (_, index) => {
    const [podA, podB] = [a.pods[index], b.pods[index]]
    const rows = alignRows(a.rows(podA), b.rows(podB))
    const fields = podA && podB ? compareFields(a.fields(podA), b.fields(podB)) : []
    return { pod: podA?.name ?? podB?.name ?? '', rows, intervals: intervalsOf(rows), fields }
  })
}

type Row = ReturnType<Side['rows']>[number]

function alignRows(a: readonly Row[], b: readonly Row[]): AlignedRow[] {
  const [restA, restB] = [[...a], [...b]]
  const parts = diffArrays(
    a.map(({ text }) => text),
    b.map(({ text }) => text),
  )
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text) => ({
      text,
      aMs: added ? undefined : restA.shift()?.ms,
      bMs: removed ? undefined : restB.shift()?.ms,
    })),
  )
}

function intervalsOf(rows: readonly AlignedRow[]): Interval[] {
  const common = rows.filter((row): row is Common => row.aMs !== undefined && row.bMs !== undefined)
  return common.slice(1).flatMap((row, index) => {
    const before = common[index] as Common
    const [aMs, bMs] = [row.aMs - before.aMs, row.bMs - before.bMs]
    const isAlike = Math.abs(aMs - bMs) <= Math.max(INTERVAL_MS, INTERVAL_SHARE * Math.max(aMs, bMs))
    return isAlike ? [] : [{ from: before.text, to: row.text, aMs, bMs }]
  })
}

interface Common extends AlignedRow {
  readonly aMs: number
  readonly bMs: number
}

function compareOutputs({ a, b }: Sides): OutputDivergence[] {
  const count = Math.max(a.history.commands.length, b.history.commands.length)
  return Array.from({ length: count }, (_, index) => {
    const [runA, runB] = [a.history.commands[index], b.history.commands[index]]
    const command = runA?.command ?? runB?.command ?? ''
    return {
      command,
      exitCodeA: runA?.exitCode,
      exitCodeB: runB?.exitCode,
      ...difference(a.lines(index), b.lines(index)),
    }
  }).filter(
    ({ exitCodeA, exitCodeB, onlyA, onlyB }) => exitCodeA !== exitCodeB || onlyA.length + onlyB.length > 0,
  )
}

function difference(a: readonly string[], b: readonly string[]): Difference {
  const rest = [...b]
  const onlyA = a.filter((text) => {
    const at = rest.indexOf(text)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return { onlyA, onlyB: rest }
}

function compareFields(a: unknown, b: unknown, path = ''): FieldDivergence[] {
  if (Object.is(a, b)) return []
  const areTrees = isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b)
  if (!areTrees) return [{ path, a, b }]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.flatMap((key) => {
    const step = Array.isArray(a) ? `[${key}]` : path === '' ? key : `.${key}`
    return compareFields(Reflect.get(a, key), Reflect.get(b, key), path + step)
  })
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
