// The answers of one command are moved by the same amount of time, as far as ages allow.

import type { ClientClock } from '../../../time/client-clock.ts'
import { hostWall } from '../../../time/host.ts'
import { shifted, shiftMs } from './shift.ts'
import type { Instants } from './shift.ts'

/** Answers so close to each other are moved alike: their ages stay right for what is left of a second. */
const SAME_SHIFT_MS = 400

/** Told by how much the times in an answer were moved, and for whose program. */
export type OnShift = (ms: number, leader: string | undefined) => void

/** Moves the times in answers, and tells by how much. */
export class Shifts {
  #clock: ClientClock
  #onShift: OnShift
  #last: (Instants & { readonly session: string }) | undefined

  constructor(clock: ClientClock, onShift: OnShift) {
    this.#clock = clock
    this.#onShift = onShift
  }

  /** The answer for a client that reads the wall; `session` is its command, `leader` who has started it. */
  shifted(value: unknown, session: string, leader: string | undefined): unknown {
    const instants = this.#instants(session)
    // Of events people see ages and no dates: the dates that they see are those of the other answers.
    if (!isEventList(value)) this.#onShift(shiftMs(instants), leader)
    return shifted(value, instants)
  }

  #instants(session: string): Instants {
    const [clusterMs, wallMs] = [this.#clock.now(), hostWall.now()]
    const last = this.#last
    const isSame =
      last?.session === session && last.clusterMs === clusterMs && wallMs - last.wallMs <= SAME_SHIFT_MS
    if (!isSame) this.#last = { session, clusterMs, wallMs }
    return this.#last ?? { clusterMs, wallMs }
  }
}

function isEventList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'EventList'
}
