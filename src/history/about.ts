// Which object an Event is about.

import type { ObjectChange } from './entry.ts'

export interface EventSubject {
  readonly kind: string
  readonly name: string
  /** Tells apart objects that bore one name after another; any of them without it. */
  readonly uid?: string | undefined
}

/** Whether a change is one of an Event about this object. */
export function isAbout(change: ObjectChange, { kind, name, uid }: EventSubject): boolean {
  const { involvedObject } = change.object
  if (typeof involvedObject !== 'object' || involvedObject === null) return false
  const subject = involvedObject as Partial<EventSubject>
  return subject.kind === kind && subject.name === name && (uid === undefined || subject.uid === uid)
}
