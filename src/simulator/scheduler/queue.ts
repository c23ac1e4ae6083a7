// The Pods that wait for a node: those to try now, and those that no node would have so far.

import type { Pod } from '../../pod/json.ts'
import type { Timer, Timers } from '../../time/clock.ts'
import type { Timing } from '../timing.ts'
import type { ClusterChange, FilterPlugin } from './plugin.ts'

/** A Pod on its way to a node. */
export interface QueuedPod {
  readonly pod: Pod
  /** How often it was tried. */
  readonly attempts: number
}

interface Waiting extends QueuedPod {
  /** Until when it is not tried again while there are others. */
  readonly backOffUntilMs: number
  readonly plugins: ReadonlySet<string>
  readonly flush: Timer
}

export interface QueueOptions {
  readonly timers: Timers
  readonly timing: Pick<Timing, 'scheduleBackOffInitialMs' | 'scheduleBackOffMaxMs' | 'scheduleFlushMs'>
  readonly filters: readonly FilterPlugin[]
  /** Called when there is something to take. */
  wake(): void
}

/**
 * Source: pkg/scheduler/backend/queue/scheduling_queue.go. A Pod that was refused waits for a change in the cluster
 * that may help it, then for the end of its back-off, unless nobody else is waiting (gate SchedulerPopFromBackoffQ).
 */
export class SchedulingQueue {
  readonly #options: QueueOptions
  readonly #filters: ReadonlyMap<string, FilterPlugin>
  /** By priority, first come first; a Map keeps the order of its keys. */
  readonly #active = new Map<number, Map<string, QueuedPod>>()
  readonly #backedOff = new Map<string, Waiting>()
  readonly #unschedulable = new Map<string, Waiting>()

  constructor(options: QueueOptions) {
    this.#options = options
    this.#filters = new Map(options.filters.map((filter) => [filter.name, filter]))
  }

  get isEmpty(): boolean {
    return this.#active.size === 0 && this.#backedOff.size === 0
  }

  /** Adds a Pod that has not been tried yet, or the new state of one that is known; a changed one is tried again. */
  add(pod: Pod): void {
    const { attempts = 0 } = this.#take(pod) ?? {}
    this.#activate({ pod, attempts })
    this.#options.wake()
  }

  /** Takes note of a new state that makes no difference to where the Pod fits. */
  refresh(pod: Pod): void {
    const uid = uidOf(pod)
    for (const pods of [this.#backedOff, this.#unschedulable]) {
      const waiting = pods.get(uid)
      if (waiting) pods.set(uid, { ...waiting, pod })
    }
    const bucket = this.#active.get(priorityOf(pod))
    const active = bucket?.get(uid)
    if (active) bucket?.set(uid, { ...active, pod })
  }

  /** Forgets a Pod: it is bound or gone. */
  remove(pod: Pod): void {
    this.#take(pod)
  }

  /** The next Pod to try: the most important one; among equals, the one that came first. */
  next(): QueuedPod | undefined {
    const nowMs = this.#options.timers.now()
    for (const waiting of this.#backedOff.values())
      if (waiting.backOffUntilMs <= nowMs) this.#reactivate(waiting)
    if (this.#active.size === 0) this.#reactivateEarliest()
    if (this.#active.size === 0) return undefined
    const priority = Math.max(...this.#active.keys())
    const [queued] = this.#active.get(priority)?.values() ?? []
    if (queued) this.#take(queued.pod)
    return queued && { ...queued, attempts: queued.attempts + 1 }
  }

  /** Puts back a Pod that fits nowhere, with the names of the rules that refused it. */
  reject({ pod, attempts }: QueuedPod, plugins: ReadonlySet<string>): void {
    const { timers, timing } = this.#options
    const backOffMs = Math.min(
      timing.scheduleBackOffInitialMs * 2 ** (attempts - 1),
      timing.scheduleBackOffMaxMs,
    )
    const flush = timers.at(timers.now() + timing.scheduleFlushMs, () => this.#help(uidOf(pod)))
    this.#unschedulable.set(uidOf(pod), {
      pod,
      attempts,
      plugins,
      flush,
      backOffUntilMs: timers.now() + backOffMs,
    })
  }

  /** Puts back the Pods to which a change in the cluster may help. */
  onChange(change: ClusterChange): void {
    for (const [uid, { pod, plugins }] of this.#unschedulable) {
      if ([...plugins].some((name) => this.#filters.get(name)?.isHelpedBy(change, pod))) this.#help(uid)
    }
  }

  #help(uid: string): void {
    const waiting = this.#unschedulable.get(uid)
    if (!waiting) return
    this.#unschedulable.delete(uid)
    waiting.flush.cancel()
    this.#backedOff.set(uid, waiting)
    this.#options.wake()
  }

  #activate(queued: QueuedPod): void {
    const priority = priorityOf(queued.pod)
    const bucket = this.#active.get(priority) ?? new Map<string, QueuedPod>()
    bucket.set(uidOf(queued.pod), queued)
    this.#active.set(priority, bucket)
  }

  #reactivate(waiting: Waiting): void {
    this.#backedOff.delete(uidOf(waiting.pod))
    this.#activate(waiting)
  }

  #reactivateEarliest(): void {
    let earliest: Waiting | undefined
    for (const waiting of this.#backedOff.values()) {
      if (!earliest || waiting.backOffUntilMs < earliest.backOffUntilMs) earliest = waiting
    }
    if (earliest) this.#reactivate(earliest)
  }

  #take(pod: Pod): QueuedPod | undefined {
    const uid = uidOf(pod)
    const waiting = this.#unschedulable.get(uid) ?? this.#backedOff.get(uid)
    waiting?.flush.cancel()
    this.#unschedulable.delete(uid)
    this.#backedOff.delete(uid)
    for (const [priority, bucket] of this.#active) {
      const queued = bucket.get(uid)
      if (!queued) continue
      bucket.delete(uid)
      if (bucket.size === 0) this.#active.delete(priority)
      return queued
    }
    return waiting
  }
}

/** The priority of a Pod; 0 unless told. */
export function priorityOf(pod: Pod): number {
  return pod.spec?.priority ?? 0
}

function uidOf(pod: Pod): string {
  return pod.metadata?.uid ?? ''
}
