// Turns intervals of a history into durations with their critical paths.

import type { History } from '../history/history.ts'
import { isTrue } from '../pod/conditions.ts'
import { criticalPath, durationOf } from '../why/critical-path.ts'
import type { Segment } from '../why/life.ts'
import { allPodRecords, podRecordAt } from '../why/pod-record.ts'
import type { PodRecord } from '../why/pod-record.ts'
import { stepLabel } from '../why/step.ts'
import type { DurationReport, SegmentReport } from './run-report.ts'

/** A duration about a Pod that somebody claimed; instants are cluster time. */
export interface DurationClaim {
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
  readonly atLeastMs?: number
  readonly atMostMs?: number
  readonly cause?: string
}

/** The report of a claimed duration. */
export function claimedDuration(
  history: History,
  pod: string,
  claim: DurationClaim,
  held: boolean,
): DurationReport {
  const { label, fromMs, toMs, atLeastMs, atMostMs, cause } = claim
  const record = podRecordAt(history, pod, toMs)
  return {
    ...measured({ history, pod, record, label, fromMs, toMs }),
    claimed: true,
    held,
    ...(atLeastMs !== undefined && { atLeastMs }),
    ...(atMostMs !== undefined && { atMostMs }),
    ...(cause !== undefined && { cause }),
  }
}

/** How long each Pod took to its first Ready state, and from the request for its deletion to its end. */
export function observedDurations(history: History): readonly DurationReport[] {
  return allPodRecords(history).flatMap((record) => [...start(history, record), ...deletion(history, record)])
}

function start(history: History, record: PodRecord): DurationReport[] {
  const created = record.states.find(({ type }) => type === 'ADDED')
  const ready = record.states.find(({ type, pod }) => type !== 'DELETED' && isTrue(pod, 'Ready'))
  if (!created || !ready) return []
  return [
    observed(history, record, { label: `start ${record.name}`, fromMs: created.atMs, toMs: ready.atMs }),
  ]
}

function deletion(history: History, record: PodRecord): DurationReport[] {
  const asked = record.states.find(({ pod }) => pod.metadata?.deletionTimestamp)
  const gone = record.states.find(({ type }) => type === 'DELETED')
  if (!asked || !gone) return []
  return [observed(history, record, { label: `delete ${record.name}`, fromMs: asked.atMs, toMs: gone.atMs })]
}

function observed(
  history: History,
  record: PodRecord,
  interval: { readonly label: string; readonly fromMs: number; readonly toMs: number },
): DurationReport {
  return { ...measured({ history, pod: record.name, record, ...interval }), claimed: false, held: true }
}

interface Interval {
  readonly history: History
  readonly pod: string
  readonly record: PodRecord | undefined
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
}

function measured({
  history,
  pod,
  record,
  label,
  fromMs,
  toMs,
}: Interval): Omit<DurationReport, 'claimed' | 'held'> {
  const startMs = history.facts.startedAtMs
  const segments = record ? criticalPath(record, fromMs, toMs).segments : []
  return {
    label,
    pod,
    from: fromMs - startMs,
    to: toMs - startMs,
    ms: toMs - fromMs,
    segments: segments.map((segment) => segmentReport(segment, startMs)),
  }
}

function segmentReport(segment: Segment, startMs: number): SegmentReport {
  const { step, from, to } = segment
  return {
    step: step.name,
    ...(step.container !== undefined && { container: step.container }),
    label: stepLabel(step),
    from: from.atMs - startMs,
    to: to.atMs - startMs,
    source: to.source,
    ...durationOf(segment),
  }
}
