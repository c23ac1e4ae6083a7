// Explains a duration: the steps that a Pod went through between two instants, which add up to it.

import { life } from './life.ts'
import type { Segment } from './life.ts'
import { exactly, within } from './mark.ts'
import type { PodRecord } from './pod-record.ts'
import type { StepName } from './step.ts'

/** The critical path of one duration. The segments follow each other without gaps, so that they sum to `durationMs`. */
export interface CriticalPath {
  readonly pod: string
  readonly fromMs: number
  readonly toMs: number
  readonly durationMs: number
  readonly segments: readonly Segment[]
}

/**
 * The path from `fromMs` to `toMs` (cluster time). What lies before the first state of the Pod is time of the API server; what
 * lies after its deletion too, since the Pod is gone and only the answer is under way.
 */
export function criticalPath(record: PodRecord, fromMs: number, toMs: number): CriticalPath {
  const inside = life(record).flatMap((segment) => clip(segment, fromMs, toMs))
  const firstMs = inside[0]?.from.atMs ?? toMs
  const lastMs = inside.at(-1)?.to.atMs ?? toMs
  const segments = [...request(fromMs, firstMs), ...inside, ...rest(record, lastMs, toMs)]
  return { pod: record.name, fromMs, toMs, durationMs: toMs - fromMs, segments }
}

/** The part of a segment inside the interval; nothing when no time of it is. */
function clip({ step, from, to }: Segment, fromMs: number, toMs: number): Segment[] {
  if (to.atMs <= fromMs || from.atMs >= toMs) return []
  return [{ step, from: within(from, fromMs, toMs), to: within(to, fromMs, toMs) }]
}

function request(fromMs: number, toMs: number): Segment[] {
  if (fromMs >= toMs) return []
  return [{ step: { name: 'request' }, from: exactly(fromMs, 'watch'), to: exactly(toMs, 'watch') }]
}

function rest({ states }: PodRecord, fromMs: number, toMs: number): Segment[] {
  if (fromMs >= toMs) return []
  const name: StepName = states.at(-1)?.type === 'DELETED' ? 'request' : 'ended'
  return [{ step: { name }, from: exactly(fromMs, 'watch'), to: exactly(toMs, 'watch') }]
}

/** How long a segment took: the likeliest, and the bounds that its marks allow; in milliseconds. */
export function durationOf({ from, to }: Segment): {
  readonly ms: number
  readonly leastMs: number
  readonly mostMs: number
} {
  return {
    ms: to.atMs - from.atMs,
    leastMs: Math.max(0, to.earliestMs - from.latestMs),
    mostMs: Math.max(0, to.latestMs - from.earliestMs),
  }
}
