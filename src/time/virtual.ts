// The clock of the simulator: time is a queue of events, and moves only while somebody waits.

import type { Clock, Timer, Timers } from './clock.ts'
import { EventQueue } from './event-queue.ts'
import type { Latch } from './latch.ts'

interface Waiter {
  readonly until: Latch
  readonly deadlineMs: number
  release(held: boolean): void
  fail(error: unknown): void
}

/** So many events run before the host's event loop gets a turn (signals), unless somebody asks for more turns. */
const EVENTS_PER_TURN = 5_000

/**
 * A discrete-event clock. It stands still unless somebody is inside `pass`; then it runs one event at a time and stops
 * at the instant at which the awaited thing becomes true. Several waiters share one driver. After it has released a
 * waiter the driver gives the host one turn, so that the waiter's next step comes before the next event.
 */
export class VirtualClock implements Clock, Timers {
  #nowMs: number
  #queue = new EventQueue()
  #waiters = new Set<Waiter>()
  #holds = 0
  #isDriving = false
  #resume: (() => void) | undefined
  #eventsPerTurn = EVENTS_PER_TURN
  #listeners = new Set<() => void>()
  #stepListeners = new Set<() => void>()

  constructor(startMs: number) {
    this.#nowMs = Math.trunc(startMs)
  }

  now(): number {
    return this.#nowMs
  }

  at(atMs: number, run: () => void): Timer {
    const event = this.#queue.add(Math.max(Math.ceil(atMs), this.#nowMs), run)
    if (this.#listeners.size > 0 && this.#queue.peek() === event) this.#changed()
    return event
  }

  /** When the next event is due; undefined when nothing is. */
  nextEventMs(): number | undefined {
    return this.#queue.peek()?.atMs
  }

  /** How many events are still to come. */
  get pendingEvents(): number {
    return this.#queue.size
  }

  /** Runs the next event if it is due at `limitMs` or before; answers whether there was one. */
  step(limitMs: number): boolean {
    const next = this.#queue.peek()
    if (!next || next.atMs > limitMs) return false
    this.#queue.take()
    this.#nowMs = next.atMs
    next.run()
    for (const listener of this.#stepListeners) listener()
    return true
  }

  /** Moves the clock forward to `atMs` without running anything; refuses to jump over an event. */
  advanceTo(atMs: number): void {
    const nextMs = this.nextEventMs()
    if (nextMs !== undefined && nextMs < atMs)
      throw new Error(`the clock cannot jump over the event at ${nextMs}`)
    this.#nowMs = Math.max(this.#nowMs, atMs)
  }

  /** Whether somebody is inside `pass`. */
  get isPassing(): boolean {
    return this.#waiters.size > 0
  }

  /** When something is due: the next event, or the deadline of somebody inside `pass`; undefined when nothing is. */
  nextDueMs(): number | undefined {
    let dueMs = this.nextEventMs() ?? Infinity
    for (const { deadlineMs } of this.#waiters) dueMs = Math.min(dueMs, deadlineMs)
    return dueMs === Infinity ? undefined : dueMs
  }

  /**
   * Lets time go by up to `limitMs` from outside, whatever holds the clock: runs what is due and releases who waits,
   * each at its instant. Runs at most `mostEvents`; answers whether it arrived. This is how a clock of the wall's pace
   * moves.
   */
  advanceThrough(limitMs: number, mostEvents = Infinity): boolean {
    for (let events = 0; events < mostEvents; events++) {
      const dueMs = this.nextDueMs()
      if (dueMs === undefined || dueMs > limitMs) {
        this.#nowMs = Math.max(this.#nowMs, limitMs)
        return true
      }
      if (!this.step(dueMs)) this.#nowMs = Math.max(this.#nowMs, dueMs)
      this.#releaseWaiters()
    }
    return false
  }

  /** Gives the host a turn after every `events` events, so that whoever is outside is heard in time. */
  yieldAfter(events: number): void {
    this.#eventsPerTurn = events
  }

  /** Calls `listener` when something is due earlier than before, and when the first enters `pass` or the last leaves it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls `listener` after every event. */
  onStep(listener: () => void): () => void {
    this.#stepListeners.add(listener)
    return () => this.#stepListeners.delete(listener)
  }

  hold(): () => void {
    let isHeld = true
    this.#holds++
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#holds--
      if (this.#holds === 0) this.#resume?.()
    }
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    if (until.isSettled || deadlineMs <= this.#nowMs) return Promise.resolve(until.isSettled)
    return new Promise((resolve, reject) => {
      this.#waiters.add({ until, deadlineMs, release: resolve, fail: reject })
      this.#changed()
      // On a clock that is held the driver sleeps: what settles then (by a request from outside) is told at once.
      until.onSettle(() => this.#holds > 0 && this.#releaseWaiters())
      if (!this.#isDriving) void this.#drive()
    })
  }

  async #drive(): Promise<void> {
    this.#isDriving = true
    try {
      // Who has called pass first may have companions in the same turn (Promise.all): let them all arrive.
      await hostTurn()
      for (let events = 1; this.#waiters.size > 0; events++) {
        if (this.#holds > 0) await this.#released()
        else {
          this.#advance()
          if (this.#releaseWaiters() || events % this.#eventsPerTurn === 0) await hostTurn()
        }
      }
    } catch (error) {
      const waiters = [...this.#waiters]
      this.#waiters.clear()
      for (const waiter of waiters) waiter.fail(error)
    } finally {
      this.#isDriving = false
    }
  }

  #advance(): void {
    let deadlineMs = Infinity
    for (const waiter of this.#waiters) {
      if (waiter.until.isSettled) return
      deadlineMs = Math.min(deadlineMs, waiter.deadlineMs)
    }
    if (this.step(deadlineMs)) return
    if (deadlineMs === Infinity)
      throw new Error('the clock has nothing left to do, and somebody waits without a deadline')
    this.#nowMs = Math.max(this.#nowMs, deadlineMs)
  }

  #releaseWaiters(): boolean {
    let hasReleased = false
    for (const waiter of this.#waiters) {
      if (!waiter.until.isSettled && waiter.deadlineMs > this.#nowMs) continue
      this.#waiters.delete(waiter)
      waiter.release(waiter.until.isSettled)
      hasReleased = true
    }
    if (hasReleased && this.#waiters.size === 0) this.#changed()
    return hasReleased
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #released(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = () => {
        this.#resume = undefined
        resolve()
      }
    })
  }
}

const setImmediateOfHost = setImmediate

/** One turn of the host's event loop: microtasks and ready callbacks run before it ends. */
function hostTurn(): Promise<void> {
  return new Promise((resolve) => setImmediateOfHost(resolve))
}
