// Who waits for something to change: the kernel's wait queue, without polling.

/** Somebody who can be woken: a process, or a program outside of the cluster's processes (a probe). */
export interface Waiter {
  /** Something that was waited for may have come true; look again. */
  wake(): void
}

/** Waiters for one thing (bytes in a pipe, a child's end). Waking is a hint: whoever is woken looks again. */
export class WaitQueue {
  #waiters: Set<Waiter> | undefined

  add(waiter: Waiter): void {
    this.#waiters ??= new Set()
    this.#waiters.add(waiter)
  }

  remove(waiter: Waiter): void {
    this.#waiters?.delete(waiter)
  }

  /** Wakes everybody, in the order in which they came. */
  wakeAll(): void {
    if (!this.#waiters?.size) return
    for (const waiter of Array.from(this.#waiters)) waiter.wake()
  }
}
