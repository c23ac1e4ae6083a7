// A request in flight on a leap clock: what it waits for, how far it may drive time, and whether its client was heard.

import type { Call, CallStart, CallState, Stance } from './client-clock.ts'
import type { Wall } from './host.ts'
import { Latch } from './latch.ts'
import type { VirtualClock } from './virtual.ts'

/** A request that should be answered at once stops time for so long at most: its client may be stopped or broken. */
const ASK_MS = 10_000
/** A wait leaps over an hour of cluster time at most. */
const LEAP_MS = 3_600_000

/** What a call needs of its clock. */
export interface Around {
  readonly virtual: VirtualClock
  readonly wall: Wall
  readonly review: () => void
  /** How many of the clients that this one has started do nothing but wait. */
  readonly waitingOf: (leader: string) => number
  /** Whether a consent moves time: under an owner nobody else's does. */
  readonly isConsentEnough: () => boolean
  /** Calls `heard` when the client, in the process that is found for it, if any, has had its time to answer. Answers how to prevent it. */
  readonly untilAnswered: (heard: () => void, process: CallStart['process']) => () => void
}

/** A request in flight, as the leap clock sees it. */
export class LeapCall implements Call {
  readonly client: string
  readonly what: string
  readonly leader: string | undefined
  #around: Around
  #programs: number | undefined
  #process: CallStart['process']
  #stance: Stance = 'listens'
  #sinceWallMs: number
  #mostMs: number
  #askMs: number
  #limitMs: number | undefined
  #consent: Latch | undefined
  #cancelAsk: (() => void) | undefined
  #cancelTold: (() => void) | undefined
  #onEnd = new Latch()
  #stopFollowing: (() => void) | undefined

  constructor(start: CallStart, around: Around) {
    this.client = start.client
    this.what = start.what
    this.leader = start.leader
    this.#process = start.process
    this.#mostMs = Math.min(start.mostMs ?? LEAP_MS, LEAP_MS)
    this.#askMs = start.askMs ?? ASK_MS
    this.#around = around
    this.#sinceWallMs = around.wall.now()
  }

  get stance(): Stance {
    return this.#stance
  }

  get isConsenting(): boolean {
    return this.#consent !== undefined
  }

  get isTold(): boolean {
    return this.#cancelTold !== undefined
  }

  get isHeldUp(): boolean {
    return (
      this.#programs !== undefined &&
      this.isConsenting &&
      this.#around.waitingOf(this.client) !== this.#programs
    )
  }

  leads(programs: number): void {
    this.#programs = programs
    this.#around.review()
  }

  become(stance: Stance): void {
    if (this.#onEnd.isSettled || stance === this.#stance) return
    this.#leave()
    this.#stance = stance
    if (stance === 'asks')
      this.#cancelAsk = this.#around.wall.after(this.#askMs, () => this.become('listens'))
    if (stance === 'consents' && this.#around.isConsentEnough()) this.#consents()
    this.#around.review()
  }

  follow(stance: () => Stance): void {
    if (this.#onEnd.isSettled) return
    this.#stopFollowing?.()
    this.#stopFollowing = this.#around.virtual.onStep(() => this.become(stance()))
    this.become(stance())
  }

  told(): void {
    if (this.#onEnd.isSettled || this.#stance === 'asks') return
    this.#cancelTold?.()
    this.#cancelTold = this.#around.untilAnswered(() => this.heard(), this.#process)
    this.#around.review()
  }

  heard(): void {
    if (!this.#cancelTold) return
    this.#cancelTold()
    this.#cancelTold = undefined
    this.#around.review()
  }

  end(): void {
    if (this.#onEnd.isSettled) return
    this.#leave()
    this.#stopFollowing?.()
    this.#cancelTold?.()
    this.#cancelTold = undefined
    this.#onEnd.settle()
    this.#around.review()
  }

  onEnd(listener: () => void): void {
    this.#onEnd.onSettle(listener)
  }

  state(): CallState {
    const { client, what, stance, isTold } = this
    return { client, what, stance, isTold, sinceWallMs: this.#sinceWallMs }
  }

  /** The limit counts from the first consent, so that a call that keeps changing its mind drives time no further. */
  #consents(): void {
    this.#limitMs ??= this.#around.virtual.now() + this.#mostMs
    const consent = new Latch()
    this.#consent = consent
    void this.#leapTo(this.#limitMs, consent)
  }

  async #leapTo(limitMs: number, consent: Latch): Promise<void> {
    const hasEnded = await this.#around.virtual.pass(consent, limitMs)
    if (!hasEnded && this.#consent === consent) this.become('listens')
  }

  #leave(): void {
    this.#cancelAsk?.()
    this.#cancelAsk = undefined
    const consent = this.#consent
    this.#consent = undefined
    consent?.settle()
  }
}
