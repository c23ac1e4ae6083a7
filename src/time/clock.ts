// What everything that waits knows of time: a reading, and a way to let it go by.

import type { Latch } from './latch.ts'

/** A clock that can be read and waited on. All instants are whole milliseconds since the Unix epoch. */
export interface Clock {
  /** The present instant of cluster time. */
  now(): number
  /**
   * Lets time go by until `until` is settled, or until the clock reads `deadlineMs`, whichever is first.
   * Resolves to whether `until` is settled. On a virtual clock it resolves at the very instant of settling.
   */
  pass(until: Latch, deadlineMs: number): Promise<boolean>
  /** Makes a virtual clock stand still until the answered function is called: somebody is busy outside cluster time. */
  hold(): () => void
}

/** The part of a clock on which a simulation lives: things that happen at an instant. */
export interface Timers {
  now(): number
  /** Calls `run` when the clock reads `atMs` (at once after the present event, if that is past). Equal instants keep their order. */
  at(atMs: number, run: () => void): Timer
}

/** Something that will happen, unless it is cancelled before. */
export interface Timer {
  readonly atMs: number
  cancel(): void
}
