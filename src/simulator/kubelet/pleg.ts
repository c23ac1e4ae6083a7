// The pod lifecycle event generator: looks at the runtime once a second, and tells what has changed.

import type { Timer, Timers } from '../../time/clock.ts'
import type { ContainerRuntime } from './runtime/container-runtime.ts'
import { emptyRuntimeStatus, type PodRuntimeStatus } from './runtime/pod-runtime-status.ts'
import type { Wait } from './work.ts'

/** What a relist found about one container or sandbox (pkg/kubelet/pleg/pleg.go). */
export interface PodLifecycleEvent {
  readonly type: 'ContainerStarted' | 'ContainerDied' | 'ContainerRemoved'
  readonly id: string
  /** The container's name; empty for a sandbox. */
  readonly name: string
}

interface Seen {
  readonly status: PodRuntimeStatus
  readonly atMs: number
}

interface Waiting {
  readonly uid: string
  readonly sinceMs: number
  readonly resume: () => void
}

/**
 * Relists stand on a grid of one second. One is queued only when something has changed since the last, or when somebody
 * waits for a look newer than what he knows; all others would have found nothing. Source: pkg/kubelet/pleg/generic.go.
 */
export class Pleg {
  readonly #timers: Timers
  readonly #runtime: ContainerRuntime
  readonly #periodMs: number
  /** The first relist: all others follow at whole periods. */
  readonly #firstMs: number
  readonly #seen = new Map<string, Seen>()
  readonly #dirty = new Set<string>()
  #waiting: Waiting[] = []
  #timer: Timer | undefined
  /**
   * Hears what a relist found about a pod; never called without events. `syncs`: each event asks for a sync after a
   * relist of all; a pod that was looked at out of turn is synced once, by its worker if that waited for the look.
   */
  onEvents: (podUid: string, events: readonly PodLifecycleEvent[], syncs: 'each' | 'one' | 'none') => void =
    () => {}

  constructor(options: { timers: Timers; runtime: ContainerRuntime; periodMs: number; firstMs: number }) {
    this.#timers = options.timers
    this.#runtime = options.runtime
    this.#periodMs = options.periodMs
    this.#firstMs = options.firstMs
  }

  /** The state of a pod at the last look. */
  status(podUid: string): PodRuntimeStatus {
    return this.#seen.get(podUid)?.status ?? emptyRuntimeStatus
  }

  /** Something of the pod has changed in the runtime: the next relist will see it. */
  changed(podUid: string): void {
    this.#dirty.add(podUid)
    this.#schedule()
  }

  /** Waits until the pod has been looked at after `sinceMs` (pod cache: GetNewerThan). */
  newerThan(podUid: string, sinceMs: number): Wait {
    return (resume) => {
      const lastMs = this.#lastRelistMs()
      const hasLooked = lastMs >= this.#firstMs && lastMs > sinceMs
      const isNewer = hasLooked || (this.#seen.get(podUid)?.atMs ?? 0) > sinceMs
      if (isNewer) return resume()
      this.#waiting.push({ uid: podUid, sinceMs, resume })
      this.#schedule()
    }
  }

  /** Looks at one pod out of turn, after a sync that has changed something (gate PLEGOnDemandRelist, 1.36). */
  relistPod(podUid: string): void {
    this.#dirty.delete(podUid)
    const events = this.#update(podUid)
    const isSynced = this.#resume((uid) => uid === podUid)
    if (events.length > 0) this.onEvents(podUid, events, isSynced ? 'none' : 'one')
  }

  /** Forgets a pod that is gone. */
  forget(podUid: string): void {
    this.#seen.delete(podUid)
    this.#dirty.delete(podUid)
  }

  #lastRelistMs(): number {
    const nowMs = this.#timers.now()
    if (nowMs < this.#firstMs) return this.#firstMs - this.#periodMs
    return nowMs - ((nowMs - this.#firstMs) % this.#periodMs)
  }

  #schedule(): void {
    if (this.#timer) return
    this.#timer = this.#timers.at(this.#lastRelistMs() + this.#periodMs, () => {
      this.#timer = undefined
      const found = [...this.#dirty].map((uid) => ({ uid, events: this.#update(uid) }))
      this.#dirty.clear()
      // Whoever waits goes on before the events are told: an event then asks for one more sync.
      this.#resume(() => true)
      for (const { uid, events } of found) if (events.length > 0) this.onEvents(uid, events, 'each')
      if (this.#waiting.length > 0) this.#schedule()
    })
  }

  /** Lets those go on who waited for this look; answers whether there were any. */
  #resume(isSeen: (podUid: string) => boolean): boolean {
    const nowMs = this.#timers.now()
    const isOver = ({ uid, sinceMs }: Waiting) => sinceMs < nowMs && isSeen(uid)
    const over = this.#waiting.filter(isOver)
    if (over.length === 0) return false
    this.#waiting = this.#waiting.filter((one) => !isOver(one))
    for (const { resume } of over) resume()
    return true
  }

  #update(uid: string): PodLifecycleEvent[] {
    const before = this.status(uid)
    const now = this.#runtime.status(uid)
    const status = now.ip || !before.ip ? now : { ...now, ip: before.ip }
    this.#seen.set(uid, { status, atMs: this.#timers.now() })
    return [...containerEvents(before, status), ...sandboxEvents(before, status)]
  }
}

function containerEvents(before: PodRuntimeStatus, now: PodRuntimeStatus): PodLifecycleEvent[] {
  const events: PodLifecycleEvent[] = []
  for (const { id, name, state } of now.containers) {
    const old = before.containers.find((container) => container.id === id)?.state
    if (old === state) continue
    if (state === 'Running') events.push({ type: 'ContainerStarted', id, name })
    // A container that is only created is no event: the kubelet filters those out (pleg/generic.go:Relist).
    if (state === 'Exited') events.push({ type: 'ContainerDied', id, name })
  }
  for (const { id, name, state } of before.containers) {
    if (now.containers.some((container) => container.id === id)) continue
    if (state !== 'Exited') events.push({ type: 'ContainerDied', id, name })
    events.push({ type: 'ContainerRemoved', id, name })
  }
  return events
}

function sandboxEvents(before: PodRuntimeStatus, now: PodRuntimeStatus): PodLifecycleEvent[] {
  const events: PodLifecycleEvent[] = []
  for (const { id, isReady } of now.sandboxes) {
    const old = before.sandboxes.find((sandbox) => sandbox.id === id)?.isReady
    if (old !== isReady) events.push({ type: isReady ? 'ContainerStarted' : 'ContainerDied', id, name: '' })
  }
  return events
}
