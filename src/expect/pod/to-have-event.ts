// expectPod('p').toHaveEvent('Killing', { message: /Stopping container/ }): such an Event about the Pod is recorded.

import type { Entry, ObjectChange } from '../../history/entry.ts'
import { isAbout } from '../../history/about.ts'
import { matches } from '../matches.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'

export interface EventOptions extends Within {
  /** The whole message, or a pattern in it. */
  readonly message?: string | RegExp
  readonly type?: 'Normal' | 'Warning'
}

/** Events live beside the Pod and have no cursor: any Event since the Pod was created will do. */
export function toHaveEvent(pod: Subject, reason: string, options?: EventOptions): Claim {
  return pod.claim({
    kind: 'toHaveEvent',
    args: options ? [reason, options] : [reason],
    within: options?.within,
    judge: async (trial) => {
      const uid = trial.last?.object.metadata.uid
      const concerns = (entry: Entry): entry is ObjectChange =>
        entry.entry === 'change' && entry.type !== 'DELETED' && isAbout(entry, { ...trial.about, uid })
      const found = await trial.followEntries({
        past: trial.session.history.events(trial.about).filter(concerns),
        concerns,
        see: (event) => (isWanted(event, reason, options) ? event : undefined),
      })
      if (found) return { atMs: found.atMs }
      throw trial.fail({ expected: wanted(reason, options, trial), received: seen(trial, concerns) })
    },
  })
}

interface EventFields {
  readonly reason?: string
  readonly message?: string
  readonly type?: string
}

function isWanted(event: ObjectChange, reason: string, options: EventOptions | undefined): boolean {
  const { reason: seenReason, message: seenMessage = '', type: seenType } = event.object as EventFields
  const { message, type } = options ?? {}
  if (seenReason !== reason || (type !== undefined && seenType !== type)) return false
  return message === undefined || matches(seenMessage, message)
}

function wanted(reason: string, options: EventOptions | undefined, trial: Trial): string {
  const message = options?.message === undefined ? '' : ` "${options.message}"`
  return `an Event ${reason}${message} within ${trial.patience}`
}

function seen(trial: Trial, concerns: (entry: Entry) => boolean): string {
  const events = trial.session.history.events(trial.about).filter(concerns)
  const texts = events.map(
    ({ object }) => `${(object as EventFields).reason}: ${(object as EventFields).message}`,
  )
  return texts.length === 0 ? 'no Event about it' : texts.join('\n')
}
