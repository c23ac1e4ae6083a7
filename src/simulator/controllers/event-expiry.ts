// Events are forgotten an hour after they were last written.

import { event as eventKind } from '../kinds/event.ts'
import type { Controller } from './controller.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey } from './work-queue.ts'

/** Source: kube-apiserver flag event-ttl; the lease of etcd begins anew with every write (registry/core/event/storage). */
export const eventExpiry: Controller = ({ registry, timers, timing }) => {
  /** When an Event was last written, by its key; the oldest first, as a write puts it at the end. */
  const writtenAtMs = new Map<string, number>()
  let isPlanned = false

  registry.store.subscribe('events', ({ type, key, atMs }) => {
    writtenAtMs.delete(key)
    if (type === 'DELETED') return
    writtenAtMs.set(key, atMs)
    plan()
  })

  function plan(): void {
    const [oldestMs] = writtenAtMs.values()
    if (isPlanned || oldestMs === undefined) return
    isPlanned = true
    timers.at(oldestMs + timing.eventTtlMs, expire)
  }

  function expire(): void {
    isPlanned = false
    const nowMs = timers.now()
    for (const [key, atMs] of writtenAtMs) {
      if (atMs + timing.eventTtlMs > nowMs) break
      unlessGone(() => registry.delete(eventKind, refOfKey(key), {}))
      writtenAtMs.delete(key)
    }
    plan()
  }
}
