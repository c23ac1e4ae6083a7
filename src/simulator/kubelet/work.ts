// Work that takes time without promises: a generator that yields what it waits for.

import type { Timer, Timers } from '../../time/clock.ts'

/** Something to wait for: it calls `resume` once, sooner or later, possibly at once. */
export type Wait = (resume: () => void) => void

/** A piece of work; what it yields is waited for. */
export type Work<Result = void> = Generator<Wait, Result, void>

/** Runs work to its end; `done` gets its result. What the work throws is thrown at whoever moves the clock. */
export function start<Result>(work: Work<Result>, done: (result: Result) => void = () => {}): void {
  let isRunning = false
  let isResumed = false
  const resume = () => {
    isResumed = true
    if (isRunning) return
    isRunning = true
    // A wait that is over at once must not deepen the stack.
    while (isResumed) {
      isResumed = false
      const step = work.next()
      if (step.done) return done(step.value)
      step.value(resume)
    }
    isRunning = false
  }
  resume()
}

/** Waits for so many milliseconds. */
export function after(timers: Timers, ms: number): Wait {
  return (resume) => timers.at(timers.now() + ms, resume)
}

/** Waits until all of the works have ended; they run side by side. */
export function together(works: readonly Work[]): Wait {
  return (resume) => {
    let left = works.length
    if (left === 0) return resume()
    const end = () => {
      left--
      if (left === 0) resume()
    }
    for (const work of works) start(work, end)
  }
}

/** Waits for `event`, at most so long; `settle` hears which it was. */
export function within(timers: Timers, ms: number, event: Wait, settle: (isInTime: boolean) => void): Wait {
  return (resume) => {
    let isOver = false
    const end = (isInTime: boolean) => {
      if (isOver) return
      isOver = true
      timer.cancel()
      settle(isInTime)
      resume()
    }
    const timer: Timer = timers.at(timers.now() + ms, () => end(false))
    event(() => end(true))
  }
}

/** Waits for the first of several things. */
export function firstOf(waits: readonly Wait[]): Wait {
  return (resume) => {
    let isOver = false
    for (const wait of waits)
      wait(() => {
        if (isOver) return
        isOver = true
        resume()
      })
  }
}

/** Something that happens once, for which anybody may wait. */
export class Gate {
  #isOpen = false
  #waiting: (() => void)[] = []

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Waits until it has happened. */
  get opened(): Wait {
    return (resume) => {
      if (this.#isOpen) resume()
      else this.#waiting.push(resume)
    }
  }

  open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}
