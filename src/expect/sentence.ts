// A claim from the moment it is written to the moment it is judged: lazy, awaitable, judged once.

import type { ObjectChange } from '../history/entry.ts'
import type { Cursor } from './cursor.ts'
import type { ClaimedDuration, ObjectReference } from './claim-record.ts'
import { ClaimFailure } from './failure.ts'
import type { FailureFacts } from './failure.ts'
import type { Session } from './session.ts'
import { Trial } from './trial.ts'

/** A claim: nothing happens before it is awaited, and it must be awaited before its test ends. */
export interface Claim extends Promise<void> {
  /** The claim as it was written. */
  readonly text: string
}

/** What `try` hands back when a claim holds. */
export interface Held {
  /** The instant at which it held; that of `change` unless told. */
  readonly atMs?: number
  /** The change with which it held: the next claim about the object begins there. */
  readonly change?: ObjectChange
  /** Where the next claim begins, if not at `change`. */
  readonly cursor?: Cursor
  readonly duration?: ClaimedDuration
}

/** A sentence as its file describes it. */
export interface SentenceFacts {
  readonly session: Session
  readonly about: ObjectReference
  /** `toShowStatus` */
  readonly kind: string
  /** `expectPod('myapp-pod').toShowStatus('Running')` */
  readonly text: () => string
  /** How long to wait, in cluster milliseconds. */
  readonly withinMs: number
  /** Judges the claim; throws the failure that `trial.fail` makes. */
  readonly judge: (trial: Trial) => Promise<Held>
}

/** Whatever was begun in a test and must come to an end in it. */
export interface Begun {
  readonly text: string
  readonly stack: string
  /** What is wrong with it, as the end of a sentence whose subject is its text; undefined when it is complete. */
  readonly problem: string | undefined
}

/** A sentence that was begun. It counts as said only once it was awaited to its end. */
export class Sentence implements Claim, Begun {
  readonly [Symbol.toStringTag] = 'Claim'
  readonly #facts: SentenceFacts
  readonly #written = new Error()
  #judgement: Promise<void> | undefined
  #isJudged = false

  constructor(facts: SentenceFacts) {
    this.#facts = facts
    facts.session.begin(this)
  }

  get text(): string {
    return this.#facts.text()
  }

  /** Why this sentence cannot stand at the end of a test; undefined once it was awaited to its end. */
  get problem(): string | undefined {
    if (this.#isJudged) return undefined
    return this.#judgement ? 'was not awaited to its end' : 'was never awaited'
  }

  /** Where in the spec it was written: the stack of its making, without podproof's own frames. */
  get stack(): string {
    return ownFramesRemoved(this.#written.stack ?? '')
  }

  // A claim is awaited like a promise, but begins only then.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = void, B = never>(
    onHeld?: ((value: void) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#judgement ??= this.#judge()
    return this.#judgement.then(onHeld, onFailed)
  }

  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<void | B> {
    return this.then(undefined, onFailed)
  }

  finally(onEnd?: (() => void) | null): Promise<void> {
    return this.then(undefined).finally(onEnd)
  }

  async #judge(): Promise<void> {
    const { session, about, kind, withinMs, judge } = this.#facts
    const askedAtMs = session.cluster.clock.now()
    const record = { kind, text: this.text, about, askedAtMs }
    const trial = new Trial(session, about, this.text, withinMs)
    try {
      const held = await judge(trial)
      const atMs = held.atMs ?? held.change?.atMs ?? session.cluster.clock.now()
      const cursor = held.cursor ?? (held.change && { order: held.change.order, atMs: held.change.atMs })
      if (cursor) session.moveCursor(about, cursor)
      session.recordClaim({ ...record, atMs, held: true, ...(held.duration && { duration: held.duration }) })
    } catch (error) {
      const failure = this.#failure(error)
      const { duration } = trial
      session.recordClaim({
        ...record,
        atMs: session.cluster.clock.now(),
        held: false,
        failure,
        ...(duration && { duration }),
      })
      throw failure
    } finally {
      this.#isJudged = true
    }
  }

  #failure(error: unknown): ClaimFailure {
    const failure = error instanceof ClaimFailure ? error : new ClaimFailure(unexpected(this.text, error))
    // The reader looks for the line of the spec, not for the line of podproof that judged it.
    failure.stack = `${failure.name}: ${failure.message}\n${this.stack}`
    return failure
  }
}

function unexpected(claim: string, error: unknown): FailureFacts {
  const message = error instanceof Error ? error.message : String(error)
  return { claim, expected: 'an answer of the cluster', received: message, cause: error }
}

const OWN_FRAME = /[\\/](src|dist)[\\/]expect[\\/]/

function ownFramesRemoved(stack: string): string {
  const frames = stack.split('\n').slice(1)
  return frames.filter((frame) => !OWN_FRAME.test(frame)).join('\n')
}
