// The queue of a controller: keys of objects to look at, each once, a moment after something has changed.

import type { Timer, Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { ApiError } from '../store/api-error.ts'
import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'

export interface WorkQueueOptions {
  readonly timers: Timers
  readonly random: Random
  readonly timing: Pick<
    Timing,
    'controllerBackOffInitialMs' | 'controllerBackOffMaxMs' | 'controllerSyncMs' | 'watchMs'
  >
  /** Looks at the object of a key and does what is to be done. An ApiError puts the key back. */
  readonly reconcile: (key: string) => void
  /** What a failed key waits for first; it doubles up to `backOffMaxMs`. */
  readonly backOffInitialMs?: number
  readonly backOffMaxMs?: number
}

/** Source: client-go/util/workqueue. A key that is added again before its turn is looked at once. */
export class WorkQueue {
  readonly #options: WorkQueueOptions
  readonly #turns = new Map<string, Timer>()
  readonly #failures = new Map<string, number>()

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
    const atMs = timers.now() + delayMs
    const turn = this.#turns.get(key)
    if (turn && turn.atMs <= atMs) return
    turn?.cancel()
    this.#turns.set(
      key,
      timers.at(atMs, () => this.#take(key)),
    )
  }

  #take(key: string): void {
    this.#turns.delete(key)
    try {
      this.#options.reconcile(key)
      this.#failures.delete(key)
    } catch (error) {
      // A refusal of the API server (a conflict, a quota) may pass; anything else is a fault of the simulator.
      if (!(error instanceof ApiError)) throw error
      this.#retry(key)
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
