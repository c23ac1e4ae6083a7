// A clock that always walks: cluster time is wall time times a constant speed (walk.ts says exactly how).

import type { Call, CallStart, CallState, ClientClock, ClockState } from './client-clock.ts'
import type { Timer } from './clock.ts'
import { hostWall } from './host.ts'
import type { Wall } from './host.ts'
import type { Latch } from './latch.ts'
import type { VirtualClock } from './virtual.ts'
import { Walk } from './walk.ts'

/** Cluster time at `speed` times the wall's pace. Nobody can hold it or drive it: the world goes on. */
export class PacedClock implements ClientClock {
  #virtual: VirtualClock
  #wall: Wall
  #walk: Walk
  #release: () => void
  #calls = new Map<Call, CallState>()

  /** Throws a RangeError for a speed that is not a positive number. */
  constructor(options: { readonly virtual: VirtualClock; readonly speed?: number; readonly wall?: Wall }) {
    this.#virtual = options.virtual
    this.#wall = options.wall ?? hostWall
    // The virtual clock's own driver must not leap to what somebody inside `pass` waits for.
    this.#release = this.#virtual.hold()
    this.#walk = new Walk(this.#virtual, this.#wall, options.speed)
    this.#walk.setOff()
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
    return () => {}
  }

  begin(start: CallStart): Call {
    this.#walk.catchUp()
    const { client, what, stance } = start
    const state = { client, what, stance, isTold: false, sinceWallMs: this.#wall.now() }
    const call: Call = {
      become: (next) => void this.#calls.set(call, { ...state, stance: next }),
      follow: (read) => call.become(read()),
      leads: () => {},
      isHeldUp: false,
      told: () => {},
      heard: () => this.#walk.catchUp(),
      end: () => void this.#calls.delete(call),
    }
    this.#calls.set(call, state)
    return call
  }

  noteShift(): void {}

  state(): ClockState {
    return {
      mode: 'paced',
      nowMs: this.now(),
      wallMs: this.#wall.now(),
      motion: 'walks',
      speed: this.#walk.speed,
      because: [],
      calls: [...this.#calls.values()],
      nextDueMs: this.#virtual.nextDueMs(),
    }
  }

  close(): void {
    this.#walk.close()
    this.#release()
  }
}
