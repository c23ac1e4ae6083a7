// expectPod('p').toBeDeleted({ atLeast: '20s', atMost: '31s' }).because('preStop'): how long a deletion takes, and why.

import type { ObjectChange } from '../../history/entry.ts'
import { parseDuration } from '../../time/duration.ts'
import { criticalPath } from '../../why/critical-path.ts'
import type { CriticalPath } from '../../why/critical-path.ts'
import { isDueTo, pathInWords } from '../../why/due-to.ts'
import { podRecords } from '../../why/pod-record.ts'
import { STEPS } from '../../why/step.ts'
import type { StepName } from '../../why/step.ts'
import type { ClaimedDuration } from '../claim-record.ts'
import { seconds } from '../explain.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'

/** Bounds on the time from the request for the deletion to the moment at which the API no longer has the Pod. */
export interface DeletionBounds extends Within {
  readonly atLeast?: string
  readonly atMost?: string
}

export interface Deletion extends Claim {
  /**
   * What the time was spent on. With `atLeast` it holds if the deletion without that step would have taken less; without, if no
   * other step took longer.
   */
  because(cause: StepName): Claim
}

export function toBeDeleted(pod: Subject, bounds: DeletionBounds = {}): Deletion {
  let cause: StepName | undefined
  const claim = pod.claim({
    kind: 'toBeDeleted',
    args: () =>
      `(${Object.keys(bounds).length > 0 ? literal(bounds) : ''})${cause === undefined ? '' : `.because('${cause}')`}`,
    within: bounds.within,
    judge: (trial) => deleted(trial, bounds, cause),
  })
  return Object.assign(claim, {
    because: (name: StepName) => {
      if (!Object.hasOwn(STEPS, name))
        throw new TypeError(`"${name}" is no cause; causes are ${Object.keys(STEPS).join(', ')}`)
      cause = name
      return claim
    },
  })
}

async function deleted(trial: Trial, bounds: DeletionBounds, cause: StepName | undefined) {
  const begun = await trial.follow((change) => (isBegun(change) ? change : undefined))
  if (!begun) throw notBegun(trial, bounds)
  const fromMs = askedAtMs(trial, begun)
  const gone = await untilGone(trial, begun, fromMs, bounds)
  const toMs = gone?.atMs ?? trial.nowMs
  const duration = claimedDuration(trial, { fromMs, toMs }, bounds, cause)
  trial.duration = duration
  const path = pathOf(trial, begun, duration)
  if (!gone) throw outside(trial, bounds, `still there after ${seconds(toMs - fromMs)}`, path)
  const isTooEarly = duration.atLeastMs !== undefined && toMs - fromMs < duration.atLeastMs
  const isTooLate = duration.atMostMs !== undefined && toMs - fromMs > duration.atMostMs
  if (isTooEarly || isTooLate) throw outside(trial, bounds, `deleted after ${seconds(toMs - fromMs)}`, path)
  if (cause !== undefined) judgeCause(trial, path, duration, cause)
  return { change: gone, duration }
}

function isBegun({ type, object }: ObjectChange): boolean {
  return type === 'DELETED' || object.metadata.deletionTimestamp !== undefined
}

/** When the deletion was asked for: by the spec if it did, else when the API first showed that somebody had. */
function askedAtMs(trial: Trial, begun: ObjectChange): number {
  const asked = trial.session.deletionAskedAtMs(trial.about)
  const { uid } = begun.object.metadata
  const first =
    trial.wholeLife.find((change) => change.object.metadata.uid === uid && isBegun(change)) ?? begun
  return asked === undefined ? first.atMs : Math.min(asked, first.atMs)
}

/** Waits as long as the bounds allow; without an upper one, for the grace period and the claim's own patience. */
function untilGone(trial: Trial, begun: ObjectChange, fromMs: number, { atMost, within }: DeletionBounds) {
  const graceMs = (begun.object.metadata.deletionGracePeriodSeconds ?? 0) * 1_000
  const patientMs = within === undefined ? trial.deadlineMs + graceMs : trial.deadlineMs
  const deadlineMs = atMost === undefined ? patientMs : fromMs + parseDuration(atMost)
  const { uid } = begun.object.metadata
  return trial.follow(
    (change) => (change.type === 'DELETED' && change.object.metadata.uid === uid ? change : undefined),
    { from: { order: begun.order, atMs: begun.atMs }, deadlineMs },
  )
}

function claimedDuration(
  trial: Trial,
  interval: Pick<ClaimedDuration, 'fromMs' | 'toMs'>,
  { atLeast, atMost }: DeletionBounds,
  cause: StepName | undefined,
): ClaimedDuration {
  return {
    label: `delete ${trial.about.name}`,
    ...interval,
    ...(atLeast !== undefined && { atLeastMs: parseDuration(atLeast) }),
    ...(atMost !== undefined && { atMostMs: parseDuration(atMost) }),
    ...(cause !== undefined && { cause }),
  }
}

function pathOf(
  trial: Trial,
  begun: ObjectChange,
  { fromMs, toMs }: ClaimedDuration,
): CriticalPath | undefined {
  const records = podRecords(trial.session.history, trial.about.name)
  const record = records.find(({ uid }) => uid === begun.object.metadata.uid)
  return record && criticalPath(record, fromMs, toMs)
}

function judgeCause(
  trial: Trial,
  path: CriticalPath | undefined,
  { atLeastMs }: ClaimedDuration,
  cause: StepName,
): void {
  const verdict = path && isDueTo(path, cause, atLeastMs === undefined ? {} : { atLeastMs })
  if (verdict?.holds) return
  throw trial.fail({
    expected: `due to ${STEPS[cause]}`,
    received: path ? pathInWords(path) : 'nothing is known of the deletion',
    ...(verdict && { because: verdict.reason }),
  })
}

function notBegun(trial: Trial, bounds: DeletionBounds): Error {
  const expected = `to be deleted ${boundsText(bounds)}`.trim()
  if (!trial.last) return trial.fail({ expected, received: 'no Pod of that name' })
  return trial.refute({
    expected,
    received: `nobody asked for its deletion within ${trial.patience}`,
    next: `cluster.delete('pod/${trial.about.name}')`,
  })
}

function outside(
  trial: Trial,
  bounds: DeletionBounds,
  received: string,
  path: CriticalPath | undefined,
): Error {
  return trial.fail({ expected: `to be deleted ${boundsText(bounds)}`.trim(), received, ...spentText(path) })
}

function boundsText({ atLeast, atMost }: DeletionBounds): string {
  if (atLeast !== undefined && atMost !== undefined) return `after at least ${atLeast} and at most ${atMost}`
  if (atLeast !== undefined) return `after at least ${atLeast}`
  return atMost === undefined ? '' : `within ${atMost}`
}

/** Where the time went. */
function spentText(path: CriticalPath | undefined): { readonly because?: string } {
  return path ? { because: `the time went to: ${pathInWords(path)}` } : {}
}
