// What a sentence has at hand while it is judged: the history from its cursor on, the clock, and how to fail.

import type { Entry, ObjectChange } from '../history/entry.ts'
import { formatDuration } from '../time/duration.ts'
import { Latch } from '../time/latch.ts'
import type { ClaimedDuration, ObjectReference } from './claim-record.ts'
import { changesFrom, isFresh } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { explain } from './explain.ts'
import { ClaimFailure } from './failure.ts'
import type { FailureFacts } from './failure.ts'
import type { Session } from './session.ts'

/** A verdict about an object; undefined while it is open. */
type See<V> = (change: ObjectChange) => V | undefined

/** One claim being judged. */
export class Trial {
  readonly session: Session
  readonly about: ObjectReference
  /** Where this claim begins. It was read when the claim was awaited: claims awaited together begin at one place. */
  readonly cursor: Cursor
  /** When the claim has waited long enough. */
  readonly deadlineMs: number
  /** The duration that this claim is about, for reports of a failure. */
  duration: ClaimedDuration | undefined
  readonly #text: string
  readonly #askedAtMs: number

  constructor(session: Session, about: ObjectReference, text: string, withinMs: number) {
    this.session = session
    this.about = about
    this.cursor = session.cursor(about)
    this.#askedAtMs = session.cluster.clock.now()
    this.deadlineMs = this.#askedAtMs + withinMs
    this.#text = text
  }

  /** How long the claim waits, in words: `1m0s`. */
  get patience(): string {
    return formatDuration(this.deadlineMs - this.#askedAtMs)
  }

  get nowMs(): number {
    return this.session.cluster.clock.now()
  }

  /** All changes of the object so far, whatever the cursor. */
  get wholeLife(): readonly ObjectChange[] {
    return this.session.history.timeline(this.about.kind, this.about.name)?.changes ?? []
  }

  /** The change that the object stands at now, if it is fresh enough for the claim. */
  get last(): ObjectChange | undefined {
    const last = this.wholeLife.at(-1)
    return last && isFresh(last, this.cursor) ? last : undefined
  }

  /**
   * Shows `see` every change of the object, from the cursor on, until it answers something or time is up. Time stops at
   * the instant of the change that decided. Answers undefined when time is up.
   */
  follow<V>(
    see: See<V>,
    options: { readonly from?: Cursor; readonly deadlineMs?: number } = {},
  ): Promise<V | undefined> {
    const { from = this.cursor, deadlineMs = this.deadlineMs } = options
    const { kind, name } = this.about
    const concerns = (entry: Entry): entry is ObjectChange =>
      entry.entry === 'change' &&
      entry.object.kind === kind &&
      entry.object.metadata.name === name &&
      isFresh(entry, from)
    const past = changesFrom(this.session.history.timeline(kind, name), from)
    return this.followEntries({ past, concerns, see, deadlineMs })
  }

  /** The same over entries of any sort: first `past`, then whatever comes and `concerns` the claim. */
  async followEntries<E extends Entry, V>(options: {
    readonly past: readonly E[]
    readonly concerns: (entry: Entry) => entry is E
    readonly see: (entry: E) => V | undefined
    readonly deadlineMs?: number
  }): Promise<V | undefined> {
    const { past, concerns, see, deadlineMs = this.deadlineMs } = options
    for (const entry of past) {
      const verdict = see(entry)
      if (verdict !== undefined) return verdict
    }
    const decided = new Latch()
    let verdict: V | undefined
    const stop = this.session.history.onEntry((entry) => {
      if (verdict !== undefined || !concerns(entry)) return
      verdict = see(entry)
      if (verdict !== undefined) decided.settle()
    })
    try {
      await this.session.cluster.clock.pass(decided, deadlineMs)
      return verdict
    } finally {
      stop()
    }
  }

  /** The failure of a claim that waited in vain: with the timeline of its object, and why that does not go on. */
  fail(facts: Omit<FailureFacts, 'claim'>): ClaimFailure {
    const explanation = explain(this.session.history, this.about, this.nowMs)
    return new ClaimFailure({ ...explanation, ...facts, claim: this.#text })
  }

  /** The failure of a claim that something contradicts: with the timeline alone, since nothing is stuck. */
  refute(facts: Omit<FailureFacts, 'claim'>): ClaimFailure {
    const { timeline = [] } = explain(this.session.history, this.about, this.nowMs)
    return new ClaimFailure({ timeline, ...facts, claim: this.#text })
  }
}
