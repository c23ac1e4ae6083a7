// Ends pods that hold more local storage than they may.

import { parseQuantity } from '../../pod/quantity.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { type KubeletParts, podEvent, uidOf } from './parts.ts'
import type { PodWorker } from './pod-worker.ts'
import { quantityValue } from './volumes/quantity-value.ts'

/**
 * Looks at pods with limits on their storage on a grid of ten seconds; without such pods it rests.
 * Source: pkg/kubelet/eviction/eviction_manager.go:localStorageEviction.
 */
export class Evictions {
  readonly #parts: KubeletParts
  readonly #worker: (podUid: string) => PodWorker | undefined
  readonly #watched = new Set<string>()
  readonly #gridMs: number
  #isPlanned = false

  constructor(parts: KubeletParts, worker: (podUid: string) => PodWorker | undefined) {
    this.#parts = parts
    this.#worker = worker
    this.#gridMs = parts.timers.now()
  }

  /** Looks after a pod, if it has limits. */
  watch(pod: Pod): void {
    if (!hasStorageLimits(pod)) return
    this.#watched.add(uidOf(pod))
    this.#plan()
  }

  #plan(): void {
    const { timers, timing } = this.#parts
    if (this.#isPlanned || this.#watched.size === 0) return
    this.#isPlanned = true
    const passedMs = timers.now() - this.#gridMs
    const atMs =
      this.#gridMs + (Math.floor(passedMs / timing.evictionMonitorMs) + 1) * timing.evictionMonitorMs
    timers.at(atMs, () => {
      this.#isPlanned = false
      for (const uid of this.#watched) this.#check(uid)
      this.#plan()
    })
  }

  #check(uid: string): void {
    const worker = this.#worker(uid)
    if (!worker || worker.isTerminating) {
      this.#watched.delete(uid)
      return
    }
    const message = this.#excess(worker.pod)
    if (message === undefined) return
    podEvent(this.#parts, worker.pod, { type: 'Warning', reason: 'Evicted', message })
    worker.kill({ graceSeconds: 1, failure: { reason: 'Evicted', message } })
  }

  /** What the pod has too much of, in the words of the eviction manager. */
  #excess(pod: Pod): string | undefined {
    const { runtime } = this.#parts
    const volumes = this.#parts.volumes(pod).emptyDirs
    for (const { name, usedBytes, limitBytes } of volumes) {
      if (limitBytes === undefined || usedBytes <= limitBytes) continue
      const limit = pod.spec?.volumes?.find((volume) => volume.name === name)?.emptyDir?.sizeLimit
      return `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `
    }
    const containers = runtime.containers(uidOf(pod)).filter(({ state }) => state === 'Running')
    const usedBytes = (container: (typeof containers)[number]) =>
      container.config.files.usedBytes + container.log.sizeBytes
    const total =
      containers.reduce((sum, one) => sum + usedBytes(one), 0) +
      volumes.reduce((sum, one) => sum + one.usedBytes, 0)
    const podLimit = podStorageLimit(pod)
    if (podLimit && total > podLimit.bytes)
      return `Pod ephemeral local storage usage exceeds the total limit of containers ${podLimit.text}. `
    for (const container of containers) {
      const limit = storageLimit(pod, container.config.name)
      if (limit !== undefined && usedBytes(container) > (quantityValue(limit) ?? Infinity))
        return `Container ${container.config.name} exceeded its local ephemeral storage limit "${limit}". `
    }
    return undefined
  }
}

function storageLimit(pod: Pod, name: string): string | undefined {
  return pod.spec?.containers.find((container) => container.name === name)?.resources?.limits?.[
    'ephemeral-storage'
  ]
}

/** The limits of all containers together, where each has one. */
function podStorageLimit(pod: Pod): { readonly bytes: number; readonly text: string } | undefined {
  const limits = (pod.spec?.containers ?? []).map(({ name }) => storageLimit(pod, name))
  if (limits.length === 0 || limits.includes(undefined)) return undefined
  const nanos = limits.reduce((sum, limit) => sum + parseQuantity(limit ?? '0').nanos, 0n)
  const bytes = Number(nanos / 1_000_000_000n)
  return { bytes, text: limits.length === 1 ? (limits[0] ?? '') : String(bytes) }
}

function hasStorageLimits(pod: Pod): boolean {
  const isLimited = pod.spec?.volumes?.some(
    ({ emptyDir }) => emptyDir?.sizeLimit && emptyDir.medium !== 'Memory',
  )
  return (
    isLimited === true ||
    (pod.spec?.containers ?? []).some(({ name }) => storageLimit(pod, name) !== undefined)
  )
}
