// Says in which parts a run of a scenario differs from its compact recording.

import type { CompactPod, CompactRecording, CompactRun } from './compact-recording.ts'

export const PARTS = ['rows', 'timing', 'exits', 'events'] as const
export type Part = (typeof PARTS)[number]

export interface Difference {
  readonly part: Part
  readonly text: string
}

/** A row that stood for less than this is not seen in every run of one real cluster. */
const FLICKER_MS = 700
/** Two runs of one real cluster agree on an interval within this, or this share of it. */
const TIMING_MS = 2_000
const TIMING_SHARE = 0.35
/** What comes in the last moments of a recording may come too late for it. */
const EDGE_MS = 3_000

/**
 * In each part, the differences from the recorded run that is nearest; none when the run agrees with one of them. The first
 * recorded run is the one that is told of.
 */
export function judge({ runs }: CompactRecording, pods: readonly CompactPod[]): readonly Difference[] {
  const byRun = runs.map((run) => differences(run, pods))
  return PARTS.flatMap((part) => {
    const ofPart = byRun.map((found) => found.filter((difference) => difference.part === part))
    return ofPart.some((found) => found.length === 0) ? [] : (ofPart[0] ?? [])
  })
}

function differences(recorded: CompactRun, pods: readonly CompactPod[]): readonly Difference[] {
  if (pods.length !== recorded.pods.length)
    return [{ part: 'rows', text: `${recorded.pods.length} Pods were recorded, ${pods.length} are here` }]
  return recorded.pods.flatMap((pod, index) => {
    const run = pods[index] as CompactPod
    return [...differingRows(pod, run, recorded.endedAtMs), ...differingEnds(pod, run)]
  })
}

interface Stay {
  readonly row: string
  readonly forMs: number
  readonly isOptional: boolean
  readonly isLast: boolean
}

function staysOf({ rows }: CompactPod, endedAtMs: number): readonly Stay[] {
  return rows.map(([atMs, row], index) => {
    const nextMs = rows[index + 1]?.[0]
    const forMs = (nextMs ?? endedAtMs) - atMs
    const isLast = nextMs === undefined
    return {
      row,
      forMs,
      isLast,
      isOptional: (forMs < FLICKER_MS && row !== 'deleted') || atMs > endedAtMs - EDGE_MS,
    }
  })
}

/** Rows are paired in their order; optional ones may be missing on either side. */
function differingRows(recorded: CompactPod, run: CompactPod, endedAtMs: number): readonly Difference[] {
  const [wanted, seen] = [staysOf(recorded, endedAtMs), staysOf(run, endedAtMs)]
  const found: Difference[] = []
  let next = 0
  for (const stay of wanted) {
    const at = seen.findIndex(({ row }, index) => index >= next && row === stay.row)
    const passed = at < 0 ? [] : seen.slice(next, at)
    const extra = passed.find(({ isOptional }) => !isOptional)
    const isSkippable = stay.isOptional && (at < 0 || extra !== undefined)
    if (isSkippable) continue
    if (at < 0) found.push({ part: 'rows', text: `${stay.row} is missing` })
    else if (extra) found.push({ part: 'rows', text: `${extra.row} comes before ${stay.row}` })
    if (at < 0) continue
    next = at + 1
    const shown = seen[at] as Stay
    const toleranceMs = Math.max(TIMING_MS, stay.forMs * TIMING_SHARE)
    if (!stay.isLast && !shown.isLast && Math.abs(shown.forMs - stay.forMs) > toleranceMs)
      found.push({ part: 'timing', text: `${stay.row} for ${shown.forMs} ms, recorded ${stay.forMs} ms` })
  }
  return found
}

function differingEnds(recorded: CompactPod, run: CompactPod): readonly Difference[] {
  const found: Difference[] = []
  if (recorded.exits.join() !== run.exits.join())
    found.push({ part: 'exits', text: `${run.exits.join()}, recorded ${recorded.exits.join()}` })
  const missing = recorded.events.filter((text) => !run.events.includes(text))
  const extra = run.events.filter((text) => !recorded.events.includes(text))
  for (const text of missing) found.push({ part: 'events', text: `missing: ${text}` })
  for (const text of extra) found.push({ part: 'events', text: `not recorded: ${text}` })
  return found
}
