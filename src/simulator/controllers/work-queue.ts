// The queue of a controller: keys of objects to look at, each once, a moment after something has changed.

import type { Timer, Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { ApiError } from '../store/api-error.ts'
import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'

export interface WorkQueueOptions {
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Pick<
    Timing,
    | 'controllerBackOffInitialMs'
    | 'controllerBackOffMaxMs'
    | 'controllerSyncMs'
    | 'controllerWriteMs'
    | 'watchMs'
  >
  /** Looks at the object of a key and does what is to be done. An ApiError puts the key back. */
  readonly reconcile: (key: string) => void
  /** What a failed key waits for first; it doubles up to `backOffMaxMs`. */
  readonly backOffInitialMs?: number
  readonly backOffMaxMs?: number
}

/** Many writes go out side by side; no more than so many follow each other (controller_utils.go:slowStartBatch). */
const MAX_SLOW_WRITES = 10

/** Source: client-go/util/workqueue. A key that is added again before its turn is looked at once. */
export class WorkQueue {
  readonly #options: WorkQueueOptions
  readonly #turns = new Map<string, Timer>()
  readonly #failures = new Map<string, number>()
  /** Until when a worker is busy with a key: its writes take time, and the key is not looked at again before. */
  readonly #busyUntilMs = new Map<string, number>()

  constructor(options: WorkQueueOptions) {
    this.#options = options
  }

  /** Looks at the key as soon as the change that led to it has been noticed. */
  add(key: string): void {
    const { random, timing } = this.#options
    this.addAfter(key, draw(timing.watchMs, random) + draw(timing.controllerSyncMs, random))
  }

  addObject(object: KubeObject): void {
    this.add(keyOf(refOf(object)))
  }

  /** Looks at the key after a delay, or earlier if it is due earlier. */
  addAfter(key: string, delayMs: number): void {
    const { timers } = this.#options
    const atMs = Math.max(timers.now() + delayMs, this.#busyUntilMs.get(key) ?? 0)
    const turn = this.#turns.get(key)
    if (turn && turn.atMs <= atMs) return
    turn?.cancel()
    this.#turns.set(
      key,
      timers.at(atMs, () => this.#take(key)),
    )
  }

  #take(key: string): void {
    const { store } = this.#options.registry
    const before = store.resourceVersion
    this.#turns.delete(key)
    this.#busyUntilMs.delete(key)
    try {
      this.#options.reconcile(key)
      this.#failures.delete(key)
      this.#stayBusy(key, store.resourceVersion - before)
    } catch (error) {
      // A refusal of the API server (a conflict, a quota) may pass; anything else is a fault of the simulator.
      if (!(error instanceof ApiError)) throw error
      this.#retry(key)
    }
  }

  #stayBusy(key: string, writes: number): void {
    if (writes === 0) return
    const { timers, random, timing } = this.#options
    let busyMs = 0
    for (let i = 0; i < Math.min(writes, MAX_SLOW_WRITES); i++)
      busyMs += draw(timing.controllerWriteMs, random)
    this.#busyUntilMs.set(key, timers.now() + busyMs)
    // What the writes have brought up meanwhile is looked at when they are done.
    const turn = this.#turns.get(key)
    if (turn && turn.atMs < timers.now() + busyMs) {
      turn.cancel()
      this.#turns.delete(key)
      this.addAfter(key, busyMs)
    }
  }

  #retry(key: string): void {
    const { timing } = this.#options
    const {
      backOffInitialMs = timing.controllerBackOffInitialMs,
      backOffMaxMs = timing.controllerBackOffMaxMs,
    } = this.#options
    const failures = this.#failures.get(key) ?? 0
    this.#failures.set(key, failures + 1)
    this.addAfter(key, Math.min(backOffInitialMs * 2 ** failures, backOffMaxMs))
  }
}

/** The parts of a key: `shop/web` is name `web` in namespace `shop`. */
export function refOfKey(key: string): { readonly namespace?: string; readonly name: string } {
  const at = key.indexOf('/')
  return at < 0 ? { name: key } : { namespace: key.slice(0, at), name: key.slice(at + 1) }
}
