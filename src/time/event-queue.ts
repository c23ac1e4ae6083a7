// The events that are still to come, earliest first: a binary heap from which an event can also be withdrawn.

import type { Timer } from './clock.ts'

/** An event in the queue. Events at the same instant run in the order in which they were added. */
export class QueuedEvent implements Timer {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
  /** Where the event stands in the heap; -1 once it has left it. */
  index = -1
  #queue: EventQueue

  constructor(queue: EventQueue, atMs: number, order: number, run: () => void) {
    this.#queue = queue
    this.atMs = atMs
    this.order = order
    this.run = run
  }

  cancel(): void {
    this.#queue.remove(this)
  }
}

/** A priority queue of events by (instant, order of addition). */
export class EventQueue {
  #heap: QueuedEvent[] = []
  #order = 0

  get size(): number {
    return this.#heap.length
  }

  /** The earliest event, left in the queue. */
  peek(): QueuedEvent | undefined {
    return this.#heap[0]
  }

  add(atMs: number, run: () => void): QueuedEvent {
    const event = new QueuedEvent(this, atMs, this.#order++, run)
    this.#heap.push(event)
    this.#rise(event, this.#heap.length - 1)
    return event
  }

  /** Takes the earliest event out of the queue. */
  take(): QueuedEvent | undefined {
    const first = this.#heap[0]
    if (first) this.remove(first)
    return first
  }

  /** Withdraws an event; one that has run or was withdrawn before is left alone. */
  remove(event: QueuedEvent): void {
    const { index } = event
    if (index < 0) return
    event.index = -1
    const last = this.#heap.pop()
    if (!last || last === event) return
    this.#sink(last, index)
    if (last.index === index) this.#rise(last, index)
  }

  #rise(event: QueuedEvent, from: number): void {
    let index = from
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = this.#heap[parentIndex] as QueuedEvent
      if (!isBefore(event, parent)) break
      this.#put(parent, index)
      index = parentIndex
    }
    this.#put(event, index)
  }

  #sink(event: QueuedEvent, from: number): void {
    let index = from
    for (;;) {
      let childIndex = 2 * index + 1
      let child = this.#heap[childIndex]
      const right = this.#heap[childIndex + 1]
      if (child && right && isBefore(right, child)) {
        child = right
        childIndex++
      }
      if (!child || !isBefore(child, event)) break
      this.#put(child, index)
      index = childIndex
    }
    this.#put(event, index)
  }

  #put(event: QueuedEvent, index: number): void {
    this.#heap[index] = event
    event.index = index
  }
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
