// A clock that moves by consent, for clients that live on wall time.
//
// At every instant of the wall exactly one of four holds, asked in this order:
//   1. Somebody asks (a request that is answered at once is in flight, or a program of the owner computes): time stands.
//   2. Somebody was told something and may still answer: its process is busy with it, or, where nobody sees its process,
//      it was told less than `ANSWER_MS` ago. Time does not leap.
//   3. Somebody consents (a call that waits for an end, or whoever is inside `pass`), and has not yet leapt as far as
//      it may: time leaps. It takes one event at a time, and the host gets a turn to hear of new requests in between.
//   4. Otherwise time walks at the wall's pace; under an owner it stands.
// A consent is nothing but a `pass` of the virtual clock, from the call's beginning until its end or its limit; standing
// is nothing but a `hold` of it. From this follows: a client that is idle, listens, or is gone (its call has ended)
// cannot move time beyond the wall's pace; a call drives time by at most its limit; one that asks stops it for at most
// `ASK_MS`, and one that was told and never answers for at most `ANSWER_MS` an event (leap-call.ts,
// until-quiet.ts).

import type { Call, CallStart, ClientClock, ClockState } from './client-clock.ts'
import type { Timer } from './clock.ts'
import { hostWall } from './host.ts'
import type { Wall } from './host.ts'
import type { Latch } from './latch.ts'
import { LeapCall } from './leap-call.ts'
import { Ownership } from './ownership.ts'
import type { Owner } from './ownership.ts'
import type { VirtualClock } from './virtual.ts'
import { waitingClients } from './waiting-clients.ts'
import { Walk } from './walk.ts'

/** Time that stands still for so long is worth a word to whoever runs the clock. */
const STALL_MS = 5_000

/** How the clock is connected. */
export interface LeapOptions {
  readonly virtual: VirtualClock
  readonly wall?: Wall
  /** Whether the clock begins in the hands of an owner, who takes it with `own`: not a millisecond goes by before. */
  readonly isOwned?: boolean
  /** Called when time has stood still for five seconds of the wall, with the reasons. */
  readonly onStall?: (state: ClockState) => void
}

/** Cluster time that leaps to the ends that clients wait for, and walks at the wall's pace between. */
export class LeapClock implements ClientClock {
  #virtual: VirtualClock
  #wall: Wall
  #walk: Walk
  #calls = new Set<LeapCall>()
  #ownership: Ownership
  #onStall: (state: ClockState) => void
  #asking = new Stop()
  #told = new Stop()
  #leaping: Stop
  #stopListening: () => void
  #cancelStall: (() => void) | undefined

  constructor(options: LeapOptions) {
    this.#virtual = options.virtual
    this.#wall = options.wall ?? hostWall
    this.#onStall = options.onStall ?? (() => {})
    this.#walk = new Walk(this.#virtual, this.#wall)
    this.#leaping = new Stop(() => this.#walk.setOff())
    this.#virtual.yieldAfter(1)
    this.#ownership = new Ownership(
      this.#wall,
      () => this.#calls,
      () => this.#review(),
      options.isOwned,
    )
    this.#stopListening = this.#virtual.onChange(() => this.#review())
    this.#review()
  }

  now(): number {
    this.#walk.catchUp()
    return this.#virtual.now()
  }

  at(atMs: number, run: () => void): Timer {
    return this.#virtual.at(atMs, run)
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    this.#walk.catchUp()
    return this.#virtual.pass(until, deadlineMs)
  }

  hold(): () => void {
    const releases = [this.#virtual.hold(), this.#walk.pause()]
    return () => releases.forEach((release) => release())
  }

  /** Takes the clock over: from now on time moves only inside `pass`, and only while every program that was started waits. */
  own(): Owner {
    return this.#ownership.own()
  }

  begin(start: CallStart): Call {
    this.#walk.catchUp()
    for (const call of this.#calls) if (call.client === start.client) call.heard()
    this.#ownership.wake()
    const call = new LeapCall(start, {
      virtual: this.#virtual,
      wall: this.#wall,
      review: () => this.#review(),
      waitingOf: (leader) => this.#waitingOf(leader),
      isConsentEnough: () => !this.#ownership.isOwned,
      untilAnswered: (heard, process) => this.#ownership.untilAnswered(heard, process),
    })
    this.#calls.add(call)
    call.onEnd(() => this.#calls.delete(call))
    call.become(start.stance)
    return call
  }

  noteShift(ms: number): void {
    this.#ownership.noteShift(ms)
  }

  state(): ClockState {
    const because = this.#reasons()
    return {
      mode: 'leap',
      nowMs: this.now(),
      wallMs: this.#wall.now(),
      motion: this.#motion(),
      speed: 1,
      because,
      calls: [...this.#calls].map((call) => call.state()),
      nextDueMs: this.#virtual.nextDueMs(),
    }
  }

  close(): void {
    for (const call of this.#calls) call.end()
    this.#cancelStall?.()
    this.#stopListening()
    this.#walk.close()
    this.#ownership.close()
  }

  /** Looks at the four questions again; called whenever an answer to one of them may have changed. */
  #review(): void {
    const calls = [...this.#calls]
    const isAsked = calls.some((call) => call.stance === 'asks')
    this.#ownership.watch()
    const isComputing = this.#ownership.isBusy || calls.some((call) => call.isHeldUp)
    this.#asking.set(isAsked || isComputing, () => this.#virtual.hold())
    this.#told.set(
      calls.some((call) => call.isTold),
      () => this.#virtual.hold(),
    )
    this.#leaping.set(!this.#mayWalk(isAsked), () => this.#walk.pause())
    this.#watchForStall()
  }

  #waitingOf(leader: string): number {
    return waitingClients([...this.#calls].filter((call) => call.leader === leader))
  }

  #mayWalk(isAsked: boolean): boolean {
    if (isAsked) return false
    return this.#ownership.isOwned ? this.#ownership.isDozing : !this.#virtual.isPassing
  }

  #motion(): ClockState['motion'] {
    if (!this.#walk.isPaused) return 'walks'
    return this.#asking.isOn || this.#told.isOn || !this.#virtual.isPassing ? 'stands' : 'leaps'
  }

  #reasons(): string[] {
    const calls = [...this.#calls]
    const asking = calls.filter((call) => call.stance === 'asks').map((call) => `${call.what} is in flight`)
    const told = calls.filter((call) => call.isTold).map((call) => `${call.what} may answer what it was told`)
    const led = calls.filter((call) => call.isHeldUp).map((call) => `a program of ${call.client} computes`)
    const standing = [...this.#ownership.reasons(), ...asking, ...led, ...told]
    if (standing.length > 0 || !this.#virtual.isPassing) return standing
    const consents = calls.filter((call) => call.isConsenting).map((call) => `${call.what} waits for an end`)
    return consents.length > 0 ? consents : ['somebody in this process lets time pass']
  }

  #watchForStall(): void {
    if (!this.#asking.isOn) {
      this.#cancelStall?.()
      this.#cancelStall = undefined
    } else this.#cancelStall ??= this.#wall.after(STALL_MS, () => this.#onStall(this.state()))
  }
}

/** Something that is on or off, and stops something else while it is on. */
class Stop {
  #release: (() => void) | undefined

  /** On from the start, if it is told how to end that. */
  constructor(release?: () => void) {
    this.#release = release
  }

  get isOn(): boolean {
    return this.#release !== undefined
  }

  set(isOn: boolean, stop: () => () => void): void {
    if (isOn === this.isOn) return
    if (isOn) {
      this.#release = stop()
      return
    }
    const release = this.#release
    this.#release = undefined
    release?.()
  }
}
