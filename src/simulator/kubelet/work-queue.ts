// When a pod is to be synced again although nothing has happened to it.

import type { Timer, Timers } from '../../time/clock.ts'

/** One instant a pod; a later wish replaces an earlier one. The sync loop reads the queue once a second (kubelet.go:syncLoop). */
export class WorkQueue {
  readonly #timers: Timers
  readonly #tickMs: number
  readonly #gridMs: number
  readonly #due: (podUid: string) => void
  readonly #timersByUid = new Map<string, Timer>()

  constructor(options: { timers: Timers; tickMs: number; gridMs: number; due: (podUid: string) => void }) {
    this.#timers = options.timers
    this.#tickMs = options.tickMs
    this.#gridMs = options.gridMs
    this.#due = options.due
  }

  /** Syncs the pod at the first tick that is at least so far away. */
  enqueue(podUid: string, delayMs: number): void {
    this.forget(podUid)
    const atMs = this.#tickAfter(this.#timers.now() + delayMs)
    const timer = this.#timers.at(atMs, () => {
      this.#timersByUid.delete(podUid)
      this.#due(podUid)
    })
    this.#timersByUid.set(podUid, timer)
  }

  /** Syncs the pod at the first tick from an instant on, whatever else is planned for it. */
  syncAt(podUid: string, atMs: number): void {
    this.#timers.at(this.#tickAfter(Math.max(atMs, this.#timers.now())), () => this.#due(podUid))
  }

  forget(podUid: string): void {
    this.#timersByUid.get(podUid)?.cancel()
    this.#timersByUid.delete(podUid)
  }

  #tickAfter(atMs: number): number {
    return this.#gridMs + Math.ceil((atMs - this.#gridMs) / this.#tickMs) * this.#tickMs
  }
}
