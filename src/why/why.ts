// Why a Pod does not go on: asks every cause that can hold in the step that the Pod is in.

import type { History } from '../history/history.ts'
import type { Finding } from './cause.ts'
import { CAUSES } from './causes.ts'
import { lifeFacts, momentAt } from './moment.ts'
import type { Moment } from './moment.ts'
import { podRecordAt } from './pod-record.ts'
import { stepAt } from './step-at.ts'
import type { Step } from './step.ts'

/** What holds a Pod up, at one instant. */
export interface Why extends Finding {
  /** The name of the cause: `missing-service`. */
  readonly cause: string
  readonly step: Step
}

/** Why the Pod of that name does not go on at `atMs`; undefined when nothing holds it up, or nothing is known of it. */
export function why(history: History, podName: string, atMs: number): Why | undefined {
  const record = podRecordAt(history, podName, atMs)
  const moment = record && momentAt(lifeFacts(upTo(record, atMs)), atMs)
  return moment && whyAt(moment)
}

function whyAt(moment: Moment): Why | undefined {
  const step = stepAt(moment)
  const possible = CAUSES.filter(({ steps }) => steps.includes(step.name))
  const particular = possible.filter(({ isGeneral }) => !isGeneral)
  for (const cause of [...particular, ...possible]) {
    const finding = cause.find(moment, step)
    if (finding) return { ...finding, cause: cause.name, step }
  }
  return undefined
}

/** The record as it stood then: who asks why something is stuck must not be answered with what came later. */
function upTo(record: NonNullable<ReturnType<typeof podRecordAt>>, atMs: number): typeof record {
  return {
    ...record,
    states: record.states.filter((state) => state.atMs <= atMs),
    events: record.events.filter((event) => event.atMs <= atMs),
    nodeNotes: record.nodeNotes.filter((note) => note.atMs <= atMs),
  }
}
