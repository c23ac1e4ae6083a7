// Where two recordings of one scenario part: statuses, intervals, exits, events, outputs, fields.

import { diffArrays } from 'diff'
import type { History } from '../history/history.ts'
import { Side } from './side.ts'
import type { Row, Said } from './side.ts'
import { OF_RECORDINGS } from './tolerances.ts'
import type { Tolerances } from './tolerances.ts'

/** What two recordings have to say of each other. Empty lists mean that they agree. */
export interface Divergence {
  readonly name: string
  /** Every Pod of either, with the rows of both on one axis. */
  readonly pods: readonly PodDivergence[]
  readonly exits: Difference
  readonly events: Difference
  readonly outputs: readonly OutputDivergence[]
  /** What containers wrote, by `pod/container`. */
  readonly logs: readonly LogDivergence[]
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

export interface LogDivergence extends Difference {
  readonly container: string
}

export interface FieldDivergence {
  /** `first.spec.containers[0].image`, `last.status.phase` */
  readonly path: string
  readonly a: unknown
  readonly b: unknown
}

/** Compares two recordings of one scenario. */
export function compare(a: History, b: History, tolerances: Tolerances = OF_RECORDINGS): Divergence {
  const sides = { a: new Side(a, tolerances), b: new Side(b, tolerances), tolerances }
  return {
    name: a.facts.name,
    pods: comparePods(sides),
    exits: saidDifference(sides.a.exits(), sides.b.exits()),
    events: saidDifference(sides.a.events(), sides.b.events()),
    outputs: compareOutputs(sides),
    logs: tolerances.logs ? compareLogs(sides) : [],
  }
}

/** Whether nothing differs. */
export function isAgreement({ pods, exits, events, outputs, logs }: Divergence): boolean {
  const doPodsAgree = pods.every(
    ({ rows, intervals, fields }) =>
      intervals.length + fields.length === 0 &&
      rows.every(({ aMs, bMs }) => aMs !== undefined && bMs !== undefined),
  )
  return (
    doPodsAgree &&
    outputs.length + logs.length === 0 &&
    [exits, events].every((part) => part.onlyA.length + part.onlyB.length === 0)
  )
}

interface Sides {
  readonly a: Side
  readonly b: Side
  readonly tolerances: Tolerances
}

/** Pods are matched in the order of their appearance: their names may be generated. */
function comparePods({ a, b, tolerances }: Sides): PodDivergence[] {
  const count = Math.max(a.pods.length, b.pods.length)
  return Array.from({ length: count }, (_, index) => {
    const [podA, podB] = [a.pods[index], b.pods[index]]
    const rows = alignRows(a.rows(podA), b.rows(podB), tolerances)
    const fields = tolerances.fields && podA && podB ? compareFields(a.fields(podA), b.fields(podB)) : []
    return { pod: podA?.name ?? podB?.name ?? '', rows, intervals: intervalsOf(rows, tolerances), fields }
  })
}

/** The rows of both in one order; one that only flickered is left out where the other does not have it. */
function alignRows(a: readonly Row[], b: readonly Row[], { flickerMs }: Tolerances): AlignedRow[] {
  const [restA, restB] = [[...a], [...b]]
  const parts = diffArrays(
    a.map(({ text }) => text),
    b.map(({ text }) => text),
  )
  return parts.flatMap(({ value, added, removed }) =>
    value.flatMap((text) => {
      const rowA = added ? undefined : restA.shift()
      const rowB = removed ? undefined : restB.shift()
      const isFlicker = (!rowA || !rowB) && ((rowA ?? rowB)?.lastedMs ?? 0) < flickerMs
      return isFlicker ? [] : [{ text, aMs: rowA?.ms, bMs: rowB?.ms }]
    }),
  )
}

function intervalsOf(rows: readonly AlignedRow[], { intervalMs, intervalShare }: Tolerances): Interval[] {
  const common = rows.filter((row): row is Common => row.aMs !== undefined && row.bMs !== undefined)
  return common.slice(1).flatMap((row, index) => {
    const before = common[index] as Common
    const [aMs, bMs] = [row.aMs - before.aMs, row.bMs - before.bMs]
    const isAlike = Math.abs(aMs - bMs) <= Math.max(intervalMs, intervalShare * Math.max(aMs, bMs))
    return isAlike ? [] : [{ from: before.text, to: row.text, aMs, bMs }]
  })
}

interface Common extends AlignedRow {
  readonly aMs: number
  readonly bMs: number
}

function compareLogs({ a, b }: Sides): LogDivergence[] {
  const [logsA, logsB] = [a.logs(), b.logs()]
  return [...new Set([...logsA.keys(), ...logsB.keys()])]
    .map((container) => ({
      container,
      ...saidDifference(logsA.get(container) ?? [], logsB.get(container) ?? []),
    }))
    .filter(({ onlyA, onlyB }) => onlyA.length + onlyB.length > 0)
}

/** What only one has said, unless that was so late that the other had ended. */
function saidDifference(a: readonly Said[], b: readonly Said[]): Difference {
  const rest = [...b]
  const onlyA = a.filter(({ text }) => {
    const at = rest.findIndex((each) => each.text === text)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return { onlyA: inTime(onlyA), onlyB: inTime(rest) }
}

function inTime(said: readonly Said[]): string[] {
  return said.filter(({ isLate }) => !isLate).map(({ text }) => text)
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
      ...saidDifference(a.lines(index), b.lines(index)),
    }
  }).filter(
    ({ exitCodeA, exitCodeB, onlyA, onlyB }) => exitCodeA !== exitCodeB || onlyA.length + onlyB.length > 0,
  )
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
