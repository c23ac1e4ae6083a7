// A thing that becomes true once: what a clock waits for.

/** Starts unsettled, is settled once, and stays so. */
export class Latch {
  #isSettled = false
  #listeners: (() => void)[] = []

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** Makes the latch true and calls whoever listens, in the order in which they came. */
  settle(): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  /** Calls `listener` when the latch settles, at once if it is settled already. Answers how to stop listening. */
  onSettle(listener: () => void): () => void {
    if (this.#isSettled) {
      listener()
      return () => {}
    }
    this.#listeners.push(listener)
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }
}
