// How the kernel runs one process: a step at a time, each an event of the clock, until it waits.

import type { Timer, Timers } from '../time/clock.ts'
import type { Action, Effect, Resumption } from './effects.ts'
import type { SignalState } from './signal-state.ts'
import type { Waiter } from './wait-queue.ts'

/** So many steps (commands of a shell, rounds of a loop) run at one instant. */
const STEPS_PER_SLICE = 1_000
/** A slice costs a millisecond; after many in a row a hundred, so that a busy loop stays cheap. */
const SLICE_MS = 1
const WORN_SLICES = 400
const WORN_SLICE_MS = 100
/** What a resumption counts: two processes that do nothing but wake each other must not stop the clock. */
const STEPS_PER_RESUMPTION = 5

/** Whose steps are run. */
export interface Executed {
  readonly signals: SignalState
  /** Called around every step. */
  enter(): void
  /** Answers whether the process is to be ended, whatever it has yielded. */
  leave(): boolean
  /** The program has thrown: answers the exit status that comes of it, or throws. */
  failed(error: unknown): number
  /** The program has returned: answers the next one's action if it has been replaced. */
  returned(code: number): Action<number> | undefined
}

/** The running, waiting and resting of one process. */
export class Execution implements Waiter {
  /** Steps of the present slice. A program that loops without yielding counts them, and yields `rest()` when tired. */
  steps = 0
  /** Processor time used so far, in milliseconds. */
  computedMs = 0
  #timers: Timers
  #executed: Executed
  #action: Action<number> | undefined
  #effect: Effect | undefined
  #timer: Timer | undefined
  #resumption: Resumption = 'ready'
  #isDue = false
  #isRunning = false
  #isStopped = false
  #hasBegun = false
  #slices = 0
  #suspendedAtMs = 0

  constructor(timers: Timers, executed: Executed) {
    this.#timers = timers
    this.#executed = executed
  }

  get isTired(): boolean {
    return this.steps >= STEPS_PER_SLICE
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  /** What the process is suspended in; undefined while it runs or is about to. */
  get effect(): Effect | undefined {
    return this.#effect
  }

  /** The effect with which a tired program pays for its steps. */
  rest(): Effect {
    this.steps = 0
    this.#slices++
    return { effect: 'compute', ms: this.#slices > WORN_SLICES ? WORN_SLICE_MS : SLICE_MS }
  }

  /** Puts the first step in line, `delayMs` from now. */
  begin(action: Action<number>, delayMs: number): void {
    this.#action = action
    this.#schedule(delayMs, 'ready')
  }

  wake(): void {
    if (!this.#isDue) this.#schedule(0, 'ready')
  }

  /** A caught signal has come: sleeping and waiting end, computing does not. */
  interrupt(): void {
    const isInterruptible = this.#effect !== undefined && this.#effect.effect !== 'compute'
    if (isInterruptible && !this.#isDue) this.#schedule(0, 'ready')
  }

  stop(): void {
    this.#isStopped = true
  }

  continue(): void {
    if (!this.#isStopped) return
    this.#isStopped = false
    if (this.#isDue && !this.#timer) this.#schedule(0, this.#resumption)
  }

  /** Takes the process out of every queue, for good if it is not put back. */
  withdraw(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#isDue = false
    if (this.#effect?.effect === 'wait') for (const queue of this.#effect.queues) queue.remove(this)
    this.#effect = undefined
  }

  /** Ends the program where it stands; its `finally` blocks run, and must not yield. */
  abort(): void {
    this.withdraw()
    const action = this.#action
    this.#action = undefined
    if (!this.#isRunning) action?.return(0)
  }

  #schedule(delayMs: number, resumption: Resumption): void {
    this.withdraw()
    this.#isDue = true
    this.#resumption = resumption
    this.#timer = this.#timers.at(this.#timers.now() + delayMs, () => this.#run())
  }

  #run(): void {
    this.#timer = undefined
    this.#isDue = true
    if (this.#isStopped || !this.#action) return
    this.withdraw()
    this.steps += STEPS_PER_RESUMPTION
    this.#isRunning = true
    this.#executed.enter()
    let effect: Effect | undefined
    try {
      effect = this.#step(this.#action)
    } finally {
      this.#isRunning = false
      if (this.#executed.leave()) effect = undefined
    }
    if (effect && this.#action) this.#suspend(effect)
  }

  /** Runs the program to its next effect that really suspends it; undefined if it has ended. */
  #step(action: Action<number>): Effect | undefined {
    const { signals } = this.#executed
    // The first step takes no result, so a signal that came before it is kept for the first effect.
    let resumption = (this.#hasBegun ? signals.take() : undefined) ?? this.#resumption
    this.#hasBegun = true
    for (let current = action; ;) {
      const result = this.#next(current, resumption)
      resumption = 'ready'
      if (result.done) {
        const next = this.#executed.returned(result.value)
        this.#action = next
        if (!next) return undefined
        current = next
      } else if (result.value.effect !== 'compute' && signals.isPending)
        resumption = signals.take() ?? 'ready'
      else return result.value
    }
  }

  #next(action: Action<number>, resumption: Resumption): IteratorResult<Effect, number> {
    try {
      return action.next(resumption)
    } catch (error) {
      return { done: true, value: this.#executed.failed(error) }
    }
  }

  #suspend(effect: Effect): void {
    const nowMs = this.#timers.now()
    if (nowMs > this.#suspendedAtMs && effect.effect !== 'compute') this.#slices = this.steps = 0
    this.#suspendedAtMs = nowMs
    if (effect.effect === 'compute') this.#compute(effect)
    else if (this.isTired && !(effect.untilMs !== undefined && effect.untilMs > nowMs))
      this.#compute(this.rest())
    else {
      this.#effect = effect
      if (effect.untilMs !== undefined) this.#timer = this.#timers.at(effect.untilMs, () => this.#timeOut())
      if (effect.effect === 'wait') for (const queue of effect.queues) queue.add(this)
    }
  }

  #compute(effect: Effect): void {
    const ms = effect.effect === 'compute' ? effect.ms : 0
    this.computedMs += ms
    this.#schedule(ms, 'ready')
    this.#effect = effect
  }

  #timeOut(): void {
    this.#resumption = 'timeout'
    this.#run()
  }
}
