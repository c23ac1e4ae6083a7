// Walking: a virtual clock that is moved at the wall's pace, times a constant speed.
//
// Let (W, C) be the anchor: the wall's and the cluster's instant at which the walk last set off. While it walks, the
// cluster's instant at wall time w is floor(C + (w - W) * speed), and everything due by then has happened, each thing
// at its own instant and in order. Nothing but `catchUp` moves the clock; it is called when a request arrives and when
// the wall reaches the next thing due. A pause leaves the cluster's instant where it is; the end of the last pause sets
// a new anchor. So two readings at w1 <= w2 differ by (w2 - w1) * speed, less the pauses between them.

import type { Wall } from './host.ts'
import type { VirtualClock } from './virtual.ts'

/** So much happens in one turn when the walk is late, before the host's sockets are looked at again. */
const EVENTS_PER_TURN = 1_000

/** Moves a virtual clock, unless it is paused. */
export class Walk {
  readonly speed: number
  #virtual: VirtualClock
  #wall: Wall
  #stopListening: () => void
  #anchorWallMs = 0
  #anchorMs = 0
  /** The first one is ended by `setOff`. */
  #pauses = 1
  #isCatchingUp = false
  #disarm: (() => void) | undefined
  #alarmWallMs = Infinity

  /** Stands until `setOff`. Throws a RangeError for a speed that is not a positive number. */
  constructor(virtual: VirtualClock, wall: Wall, speed = 1) {
    if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`a clock cannot go at ${speed}x`)
    this.speed = speed
    this.#virtual = virtual
    this.#wall = wall
    this.#stopListening = virtual.onChange(() => this.#setAlarm())
  }

  get isPaused(): boolean {
    return this.#pauses > 0
  }

  /** Brings the cluster's instant to where the wall says it is. */
  catchUp(): void {
    this.#catchUp(Infinity)
  }

  /** Begins to walk, once for a new walk. */
  setOff(): void {
    this.#pauses--
    if (this.#pauses === 0) this.#begin()
  }

  /** Stops until the answered function is called; several pauses may overlap. */
  pause(): () => void {
    this.catchUp()
    this.#pauses++
    this.#clearAlarm()
    let isPaused = true
    return () => {
      if (!isPaused) return
      isPaused = false
      this.setOff()
    }
  }

  /** Stops for good. */
  close(): void {
    this.pause()
    this.#stopListening()
  }

  #begin(): void {
    this.#anchorWallMs = this.#wall.now()
    this.#anchorMs = this.#virtual.now()
    this.#setAlarm()
  }

  #catchUp(mostEvents: number): void {
    // What happens on the way may ask for the time again: the walk is under way already.
    if (this.#pauses > 0 || this.#isCatchingUp) return
    const elapsedMs = this.#wall.now() - this.#anchorWallMs
    this.#isCatchingUp = true
    try {
      this.#virtual.advanceThrough(Math.floor(this.#anchorMs + elapsedMs * this.speed), mostEvents)
    } finally {
      this.#isCatchingUp = false
      this.#setAlarm()
    }
  }

  /** Has the wall wake us at the next thing that is due. */
  #setAlarm(): void {
    if (this.#pauses > 0 || this.#isCatchingUp) return
    const dueMs = this.#virtual.nextDueMs() ?? Infinity
    const alarmWallMs = Math.ceil(this.#anchorWallMs + (dueMs - this.#anchorMs) / this.speed)
    if (alarmWallMs === this.#alarmWallMs) return
    this.#clearAlarm()
    if (alarmWallMs === Infinity) return
    this.#alarmWallMs = alarmWallMs
    this.#disarm = this.#wall.after(alarmWallMs - this.#wall.now(), () => {
      this.#clearAlarm()
      this.#catchUp(EVENTS_PER_TURN)
    })
  }

  #clearAlarm(): void {
    this.#disarm?.()
    this.#disarm = undefined
    this.#alarmWallMs = Infinity
  }
}
