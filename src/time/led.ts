// The clock of a cluster in another process that leads us: time goes by there only while everybody who is led waits.

import type { Clock, Timer, Timers } from './clock.ts'
import { EventQueue } from './event-queue.ts'
import { hostWall } from './host.ts'
import { Latch } from './latch.ts'
import { LedPrograms } from './led-programs.ts'
import type { Owner } from './ownership.ts'

/** What the leader says when it stops. */
export interface Reading {
  readonly nowMs: number
  /** How many things it has told us so far, on other connections perhaps. */
  readonly told: number
  /** How many bytes it has written to our streams, each end of a stream counting for one. */
  readonly written?: number
  /** By how much the times in an answer to one of our programs were moved, if they were since the last reading. */
  readonly shiftMs?: number
}

/** What the leader has to know of us. */
export interface Passing {
  readonly untilMs: number
  /** How many of the things that it told have arrived. */
  readonly seen: number
  /** How many bytes of our streams. */
  readonly read: number
  /** How many of our programs are under way: time stands while one of them computes. */
  readonly programs: number
  /** Whether these do nothing, so that whichever does not wait sleeps on the wall. */
  readonly isDozing: boolean
}

/** The other end: a clock that moves while it is asked to. */
export interface Leader {
  /** Lets time go by until `untilMs`, or until there is more to tell than we know of, or until `interrupt` settles. */
  pass(passing: Passing, interrupt: Latch): Promise<Reading>
}

/** What was told and does not arrive within this of the wall's time is lost: its connection broke. */
const LOST_MS = 1_000

/** Stands still but inside `pass`, and reads what the leader said last. */
export class LedClock implements Clock, Timers {
  readonly #leader: Leader
  readonly #queue = new EventQueue()
  readonly #waiters = new Set<Waiter>()
  readonly #holds = new Set<Latch>()
  readonly #programs = new LedPrograms({
    changed: () => this.#interrupt?.settle(),
    hold: () => this.hold(),
  })
  #nowMs: number
  #seen = 0
  #read = 0
  /** Arrived before something that was told earlier. */
  readonly #ahead = new Set<number>()
  #isDriving = false
  #onSeen: (() => void) | undefined
  #interrupt: Latch | undefined
  /** Until when the leader was asked to let time go by; in the past while it was not asked. */
  #passingToMs = -Infinity

  constructor(leader: Leader, startMs: number) {
    this.#leader = leader
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  /** The leader said, with something that it told, what time it was. */
  heard(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs)
  }

  /** What the leader told as the `told`th thing has arrived, and was taken note of. */
  seen(told: number): void {
    // Connections overtake each other: only what everything before has arrived with counts.
    if (told > this.#seen) this.#ahead.add(told)
    while (this.#ahead.delete(this.#seen + 1)) this.#seen++
    this.#onSeen?.()
  }

  /** So many bytes of a stream have arrived, and were taken note of. */
  streamed(bytes: number): void {
    this.#read += bytes
    this.#onSeen?.()
  }

  /** The leader counts anew what it tells: it was restarted, or its connection broke. */
  restart(): void {
    this.#seen = 0
    this.#read = 0
    this.#ahead.clear()
  }

  at(atMs: number, run: () => void): Timer {
    const dueMs = Math.max(Math.ceil(atMs), this.#nowMs)
    if (dueMs < this.#passingToMs) this.#interrupt?.settle()
    return this.#queue.add(dueMs, run)
  }

  /** Whoever starts programs on this host lets time go by only while all of them wait. */
  own(): Owner {
    return this.#programs
  }

  hold(): () => void {
    const held = new Latch()
    this.#holds.add(held)
    this.#interrupt?.settle()
    return () => {
      this.#holds.delete(held)
      held.settle()
    }
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const stopListening = until.onSettle(() => this.#interrupt?.settle())
      this.#waiters.add({ until, deadlineMs, resolve, reject, stopListening })
      if (!this.#isDriving) void this.#drive()
      else this.#interrupt?.settle()
    })
  }

  /** One driver for all who wait: after it has released somebody, what that one does next comes before time goes on. */
  async #drive(): Promise<void> {
    this.#isDriving = true
    try {
      // Whoever waits may do something beside: a request that is about to be made comes before time goes on, too.
      await hostTurn()
      while (this.#waiters.size > 0) {
        if (this.#releaseWaiters()) await hostTurn()
        else if (!(await this.#released())) await this.#step()
      }
    } catch (error) {
      this.#failWaiters(error)
    } finally {
      this.#isDriving = false
    }
  }

  /** Waits for one of those who hold the clock, and lets it go on; answers whether there was one. */
  async #released(): Promise<boolean> {
    const [held] = this.#holds
    if (!held) return false
    await new Promise<void>((resolve) => held.onSettle(resolve))
    await hostTurn()
    return true
  }

  async #step(): Promise<void> {
    const { nowMs, told, written = 0, shiftMs } = await this.#pass(this.#newInterrupt())
    this.#programs.noteShift(shiftMs)
    if (told > this.#seen || written > this.#read) await this.#arrival(told, written)
    this.heard(nowMs)
    for (let next = this.#queue.peek(); next && next.atMs <= this.#nowMs; next = this.#queue.peek()) {
      this.#queue.take()
      next.run()
    }
  }

  async #pass(interrupt: Latch): Promise<Reading> {
    const { size: programs, isDozing } = this.#programs
    const untilMs = this.#dueMs()
    const stopWatching = this.#programs.watch()
    this.#passingToMs = untilMs
    try {
      return await this.#leader.pass(
        { untilMs, seen: this.#seen, read: this.#read, programs, isDozing },
        interrupt,
      )
    } finally {
      stopWatching()
      this.#passingToMs = -Infinity
      this.#interrupt = undefined
    }
  }

  #newInterrupt(): Latch {
    const interrupt = new Latch()
    this.#interrupt = interrupt
    return interrupt
  }

  #dueMs(): number {
    let dueMs = this.#queue.peek()?.atMs ?? Infinity
    for (const { deadlineMs } of this.#waiters) dueMs = Math.min(dueMs, deadlineMs)
    return dueMs
  }

  async #arrival(told: number, written: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = hostWall.after(LOST_MS, () => {
        this.#takeAsArrived(told, written)
        resolve()
      })
      this.#onSeen = () => {
        if (this.#seen < told || this.#read < written) return
        cancel()
        resolve()
      }
      this.#onSeen()
    })
    this.#onSeen = undefined
  }

  #takeAsArrived(told: number, written: number): void {
    this.#seen = Math.max(this.#seen, told)
    this.#read = Math.max(this.#read, written)
    for (const each of this.#ahead) if (each <= this.#seen) this.#ahead.delete(each)
  }

  #releaseWaiters(): boolean {
    const released = [...this.#waiters].filter(
      ({ until, deadlineMs }) => until.isSettled || deadlineMs <= this.#nowMs,
    )
    for (const waiter of released) {
      this.#waiters.delete(waiter)
      waiter.stopListening()
      waiter.resolve(waiter.until.isSettled)
    }
    return released.length > 0
  }

  #failWaiters(error: unknown): void {
    for (const { stopListening, reject } of this.#waiters) {
      stopListening()
      reject(error)
    }
    this.#waiters.clear()
  }
}

interface Waiter {
  readonly until: Latch
  readonly deadlineMs: number
  readonly resolve: (held: boolean) => void
  readonly reject: (error: unknown) => void
  readonly stopListening: () => void
}

/** Lets everything that was just released come to its next wait. */
function hostTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
