// The life of a Pod, cut into segments without gaps: what it did, or waited for, from when to when.

import type { Mark } from './mark.ts'
import { exactly } from './mark.ts'
import { lifeFacts, momentAt } from './moment.ts'
import type { LifeFacts } from './moment.ts'
import type { PodRecord } from './pod-record.ts'
import { stepAt } from './step-at.ts'
import { isSameStep } from './step.ts'
import type { Step } from './step.ts'

/** One step and its bounds. The next segment begins where it ends. */
export interface Segment {
  readonly step: Step
  readonly from: Mark
  readonly to: Mark
}

/** The segments from the first state of the Pod to its last instant in the history, in order. */
export function life(record: PodRecord): readonly Segment[] {
  const facts = lifeFacts(record)
  const [first, ...marks] = marksOf(facts)
  if (!first) return []
  const turns: { readonly step: Step; readonly from: Mark }[] = []
  for (const from of [first, ...marks]) {
    const moment = momentAt(facts, from.atMs)
    const step = moment && stepAt(moment)
    const last = turns.at(-1)
    if (step && (!last || !isSameStep(last.step, step))) turns.push({ step, from })
  }
  const end = exactly(Math.max(record.history.endMs, first.atMs), 'watch')
  return turns.flatMap(({ step, from }, index) => {
    const to = turns[index + 1]?.from ?? end
    return step.name === 'ended' && index === turns.length - 1 ? [] : [{ step, from, to }]
  })
}

/** Every instant at which the step may change, in order; of several at one instant the one that is known least exactly. */
function marksOf({ record, runs, stops, deletedAtMs }: LifeFacts): readonly Mark[] {
  const marks: Mark[] = [
    ...record.states.map(({ atMs }) => exactly(atMs, 'watch')),
    ...record.events.map(({ atMs }) => exactly(atMs, 'event')),
    ...record.nodeNotes.map(({ happenedAtMs }) => exactly(happenedAtMs, 'node')),
    ...runs.flatMap((run) => {
      const { killing, hookEnd, exit = run.exit } = stops.get(run) ?? {}
      return [run.started, killing, hookEnd, exit].filter((mark) => mark !== undefined)
    }),
  ]
  if (deletedAtMs !== undefined) marks.push(exactly(deletedAtMs, 'watch'))
  const startMs = record.states[0]?.atMs ?? Infinity
  const byInstant = new Map<number, Mark>()
  for (const mark of marks) {
    const known = byInstant.get(mark.atMs)
    if (mark.atMs >= startMs && (!known || spread(mark) > spread(known))) byInstant.set(mark.atMs, mark)
  }
  return [...byInstant.values()].toSorted((a, b) => a.atMs - b.atMs)
}

function spread({ earliestMs, latestMs }: Mark): number {
  return latestMs - earliestMs
}
