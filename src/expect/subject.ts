// What a sentence is about: the name that stands before the dot, and what every claim about it has in common.

import { parseDuration } from '../time/duration.ts'
import type { ObjectReference } from './claim-record.ts'
import { Sentence } from './sentence.ts'
import type { Claim, Held } from './sentence.ts'
import type { Session } from './session.ts'
import type { Trial } from './trial.ts'

/** Options that every waiting claim takes. */
export interface Within {
  /** How long to wait, in cluster time: `30s`. The session's timeout unless told. */
  readonly within?: string
}

/** A sentence begun: `expectPod('myapp-pod')`. It must be finished by a claim. */
export class Subject {
  readonly session: Session
  readonly about: ObjectReference
  /** What was written so far. */
  readonly text: string
  readonly #written = new Error()
  #isFinished = false

  constructor(session: Session, about: ObjectReference, text: string) {
    this.session = session
    this.about = about
    this.text = text
    session.begin(this)
  }

  get problem(): string | undefined {
    return this.#isFinished ? undefined : 'says nothing: a claim must follow it'
  }

  get stack(): string {
    return this.#written.stack ?? ''
  }

  /** The subject of a part of this one: `expectPod('p').container('c')`. */
  part(text: string): Subject {
    this.#isFinished = true
    return new Subject(this.session, this.about, `${this.text}.${text}`)
  }

  /** Finishes the sentence with a claim. */
  claim(facts: {
    readonly kind: string
    readonly args: readonly unknown[] | (() => string)
    readonly within?: string | undefined
    readonly judge: (trial: Trial) => Promise<Held>
  }): Claim {
    this.#isFinished = true
    const { kind, args, within, judge } = facts
    const written = typeof args === 'function' ? args : () => `(${args.map(literal).join(', ')})`
    return new Sentence({
      session: this.session,
      about: this.about,
      kind,
      text: () => `${this.text}.${kind}${written()}`,
      withinMs: within === undefined ? this.session.timeoutMs : parseDuration(within),
      judge,
    })
  }
}

/** A value as it is written in code: 'text', /pattern/, { key: value }. Options that were left out are not shown. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    return `{ ${fields.map(([key, field]) => `${key}: ${literal(field)}`).join(', ')} }`
  }
  return String(value)
}

/** With the quotes that need no escapes, single ones where either will do. */
function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`
  return text.includes('"') ? `'${text.replaceAll("'", "\\'")}'` : `"${text}"`
}
