// Several things that one process does at the same time, as a server does for its connections.

import type { Action, Effect, Resumption } from './effects.ts'
import type { SignalName } from './signals.ts'
import type { WaitQueue } from './wait-queue.ts'

/** Runs actions side by side. Each is resumed whenever anything has happened, and looks whether it was meant. */
export class Fibers {
  #fibers = new Map<Action<unknown>, Effect | undefined>()

  get size(): number {
    return this.#fibers.size
  }

  add(action: Action<unknown>): void {
    this.#fibers.set(action, undefined)
  }

  /** Runs all of them until a signal comes; answers it. With `untilIdle` also when none is left (then undefined). */
  *run(untilIdle = false): Action<SignalName | undefined> {
    let resumption: Resumption = 'ready'
    for (;;) {
      for (const [fiber] of this.#fibers) this.#resume(fiber, resumption)
      if (untilIdle && this.#fibers.size === 0) return undefined
      resumption = yield this.#everything()
      if (resumption !== 'ready' && resumption !== 'timeout') return resumption
    }
  }

  #resume(fiber: Action<unknown>, resumption: Resumption): void {
    const result = fiber.next(resumption)
    if (result.done) this.#fibers.delete(fiber)
    else this.#fibers.set(fiber, result.value)
  }

  /** What all of them together wait for. */
  #everything(): Effect {
    const queues: WaitQueue[] = []
    let untilMs = Infinity
    for (const effect of this.#fibers.values()) {
      if (effect?.effect === 'wait') queues.push(...effect.queues)
      if (effect && effect.effect !== 'compute' && effect.untilMs !== undefined) {
        untilMs = Math.min(untilMs, effect.untilMs)
      }
      if (effect?.effect === 'compute') return effect
    }
    return untilMs === Infinity ? { effect: 'wait', queues } : { effect: 'wait', queues, untilMs }
  }
}
