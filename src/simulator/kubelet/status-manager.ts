// Holds the newest status of every pod of the node, and writes it to the API.

import type { PodStatus } from '../../pod/json.ts'
import { isSidecar } from '../../pod/containers.ts'
import { isTerminal } from '../../pod/phase.ts'
import type { Random } from '../../time/random.ts'
import type { Timers } from '../../time/clock.ts'
import { pod as podKind, type Pod } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import { isEqual } from '../store/equality.ts'
import { timestamp } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import { draw, type Timing } from '../timing.ts'
import type { Journal } from './journal.ts'
import { lostContainer } from './status/container-statuses.ts'
import { mergePodStatus } from './status/merge.ts'
import { copyWith } from '../store/copy-with.ts'
import { defined } from '../store/defined.ts'

type PodCondition = NonNullable<PodStatus['conditions']>[number]

interface Entry {
  readonly namespace: string
  readonly name: string
  status: PodStatus
  /** The pod has come to its end: nothing of it is left on the node. */
  isFinished: boolean
  version: number
  writtenVersion: number
  isWriting: boolean
}

/** What a status manager needs. */
export interface StatusManagerOptions {
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  /** Hears of what the API server refuses. */
  readonly journal: Journal
  /** Whether a container of the pod could still run (pod_workers.go:CouldHaveRunningContainers). */
  readonly couldHaveRunningContainers: (podUid: string) => boolean
}

/** Source: pkg/kubelet/status/status_manager.go. */
export class StatusManager {
  readonly #options: StatusManagerOptions
  readonly #random: Random
  readonly #entries = new Map<string, Entry>()

  constructor(options: StatusManagerOptions) {
    this.#options = options
    this.#random = options.random.fork('status')
  }

  /** The newest status, written or not. */
  status(podUid: string): PodStatus | undefined {
    return this.#entries.get(podUid)?.status
  }

  /** Takes a new status; one that differs is written. */
  setPodStatus(pod: Pod, status: PodStatus): void {
    this.#set(pod, status, false)
  }

  /** Sets the readiness of a container as soon as its probe says so (SetContainerReadiness). */
  setContainerReadiness(
    pod: Pod,
    name: string,
    ready: boolean,
    withConditions: (status: PodStatus) => PodStatus,
  ): void {
    this.#changeContainer(pod, name, { ready }, withConditions)
  }

  /** Sets whether a container counts as started (SetContainerStartup). */
  setContainerStartup(pod: Pod, name: string, started: boolean): void {
    this.#changeContainer(pod, name, { started }, (status) => status)
  }

  /**
   * The pod has come to its end: whatever has no end of its own gets one, and the phase becomes terminal.
   * Source: status_manager.go:TerminatePod.
   */
  terminatePod(pod: Pod): void {
    const status = this.status(pod.metadata.uid ?? '') ?? pod.status ?? {}
    const isEnded = status.phase === 'Succeeded' || status.phase === 'Failed'
    const ended = hasInitialized(pod, status) ? withLostContainers(status) : status
    this.#set(pod, isEnded ? ended : { ...ended, phase: 'Failed' }, true)
  }

  forget(podUid: string): void {
    this.#entries.delete(podUid)
  }

  #changeContainer(
    pod: Pod,
    name: string,
    change: { readonly ready?: boolean; readonly started?: boolean },
    withConditions: (status: PodStatus) => PodStatus,
  ): void {
    const status = this.status(pod.metadata.uid ?? '')
    if (!status) return
    const changed = <C extends { readonly name: string }>(list: readonly C[] | undefined) =>
      list?.map((one) => (one.name === name ? { ...one, ...change } : one))
    const containerStatuses = changed(status.containerStatuses)
    const initContainerStatuses = changed(status.initContainerStatuses)
    const next = {
      ...status,
      ...(containerStatuses ? { containerStatuses } : {}),
      ...(initContainerStatuses ? { initContainerStatuses } : {}),
    }
    this.#set(pod, withConditions(next), false)
  }

  #set(pod: Pod, status: PodStatus, isFinished: boolean): void {
    const uid = pod.metadata.uid ?? ''
    const { namespace = '', name = '' } = pod.metadata
    const entry = this.#entries.get(uid)
    const old = entry?.status ?? pod.status ?? {}
    const timed = this.#withTimes(normalized(pod, status), old)
    if (entry && !isFinished && isEqual(entry.status, timed)) return
    const next: Entry = entry ?? {
      namespace,
      name,
      status: timed,
      isFinished,
      version: 0,
      writtenVersion: 0,
      isWriting: false,
    }
    next.status = timed
    next.isFinished ||= isFinished
    next.version++
    this.#entries.set(uid, next)
    this.#write(uid, next)
  }

  /** Conditions carry since when they are so; the start time stays. */
  #withTimes(status: PodStatus, old: PodStatus): PodStatus {
    const now = timestamp(this.#options.timers.now())
    const conditions = status.conditions?.map((condition) => {
      const before = old.conditions?.find(({ type }) => type === condition.type)
      return withTime(condition, before, now)
    })
    const startTime = old.startTime ?? status.startTime ?? now
    return copyWith(status, conditions ? { conditions, startTime } : { startTime })
  }

  /** One write of a pod at a time; what changes meanwhile is written after it. */
  #write(uid: string, entry: Entry): void {
    if (entry.isWriting) return
    entry.isWriting = true
    const { status, version } = entry
    const { timers, timing } = this.#options
    timers.at(timers.now() + draw(timing.statusWriteMs, this.#random), () => {
      entry.isWriting = false
      entry.writtenVersion = version
      this.#sendOrRetry(uid, entry, status)
      if (entry.version > version && this.#entries.get(uid) === entry) this.#write(uid, entry)
    })
  }

  /** What the API server refuses is told to the journal, and sent again with the next batch (status_manager.go:syncBatch). */
  #sendOrRetry(uid: string, entry: Entry, status: PodStatus): void {
    const { timers, timing, journal } = this.#options
    try {
      this.#send(uid, entry, status)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { namespace, name } = entry
      journal.write(`Failed to update status for pod "${name}_${namespace}(${uid})": ${error.message}`)
      timers.at(timers.now() + timing.statusSyncMs, () => {
        if (this.#entries.get(uid) === entry) this.#write(uid, entry)
      })
    }
  }

  #send(uid: string, entry: Entry, status: PodStatus): void {
    const { registry, couldHaveRunningContainers } = this.#options
    const ref = { namespace: entry.namespace, name: entry.name }
    const stored = registry.find(podKind, ref)
    if (!stored || stored.metadata.uid !== uid) return this.forget(uid)
    const merged = mergePodStatus({
      stored: stored.status ?? {},
      status,
      couldHaveRunningContainers: couldHaveRunningContainers(uid),
    })
    const pod = registry.change(podKind, ref, (old) => copyWith(old, { status: merged }), {
      subresource: 'status',
    })
    if (pod.metadata.deletionTimestamp && isTerminal(pod) && entry.isFinished) this.#delete(uid, entry)
  }

  /** Nothing is left of a pod that was to be deleted: it goes. */
  #delete(uid: string, entry: Entry): void {
    const { registry, timers, timing } = this.#options
    timers.at(timers.now() + draw(timing.apiCallMs, this.#random), () => {
      try {
        const ref = { namespace: entry.namespace, name: entry.name }
        registry.delete(podKind, ref, { gracePeriodSeconds: 0, preconditions: { uid } })
      } catch (error) {
        // Somebody else was faster, or a new pod has taken the name.
        if (!(error instanceof ApiError) || (error.code !== 404 && error.code !== 409)) throw error
      }
    })
  }
}

/** The condition with the instant since when it is so; the very one that was there before if nothing of it has changed. */
function withTime(condition: PodCondition, before: PodCondition | undefined, now: string): PodCondition {
  const { type, observedGeneration, status, reason, message } = condition
  const lastProbeTime = condition.lastProbeTime ?? (null as unknown as string)
  const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? now) : now
  const timed = { type, observedGeneration, status, lastProbeTime, lastTransitionTime, reason, message }
  return before && isEqual(before, timed) ? before : defined(timed)
}

const POD_MESSAGE_BYTES = 12 * 1024

/** Termination messages of a pod share 12 KiB (status_manager.go:normalizeStatus). */
function normalized(pod: Pod, status: PodStatus): PodStatus {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {}
  const count = containers.length + initContainers.length + ephemeralContainers.length
  const most = Math.floor(POD_MESSAGE_BYTES / Math.max(count, 1))
  const isLong = (list: PodStatus['containerStatuses']) =>
    list?.some(({ state }) => (state?.terminated?.message?.length ?? 0) > most)
  if (!isLong(status.containerStatuses) && !isLong(status.initContainerStatuses)) return status
  const cut = (list: PodStatus['containerStatuses']) =>
    list?.map((one) => {
      const { terminated } = one.state ?? {}
      if ((terminated?.message?.length ?? 0) <= most) return one
      return {
        ...one,
        state: { terminated: { ...terminated, message: terminated?.message?.slice(0, most) } },
      }
    }) as PodStatus['containerStatuses']
  const containerStatuses = cut(status.containerStatuses)
  const initContainerStatuses = cut(status.initContainerStatuses)
  return {
    ...status,
    ...(containerStatuses ? { containerStatuses } : {}),
    ...(initContainerStatuses ? { initContainerStatuses } : {}),
  }
}

/** Whether the pod has ever got beyond its init containers (status_manager.go:hasPodInitialized). */
function hasInitialized(pod: Pod, status: PodStatus): boolean {
  const containers = pod.spec?.initContainers ?? []
  const last = containers.at(-1)
  if (!last) return true
  if (status.containerStatuses?.some(({ state, lastState }) => state?.running || lastState?.terminated))
    return true
  const lastStatus = status.initContainerStatuses?.at(-1)
  if (isSidecar(last)) return lastStatus?.started === true
  return lastStatus?.lastState?.terminated?.exitCode === 0 || lastStatus?.state?.terminated?.exitCode === 0
}

function withLostContainers(status: PodStatus): PodStatus {
  const ended = (list: PodStatus['containerStatuses']) =>
    list?.map((one) =>
      one.state?.terminated ? one : { ...one, state: { terminated: lostContainer('terminated') } },
    )
  const containerStatuses = ended(status.containerStatuses)
  const started = status.initContainerStatuses ?? []
  // Init containers at the end of the list of which nothing was ever seen are left as they are.
  const lastSeen = started.findLastIndex(
    ({ state, lastState }) => state?.terminated ?? state?.running ?? lastState?.terminated,
  )
  const seen = ended(started.slice(0, lastSeen + 1)) ?? []
  return {
    ...status,
    ...(containerStatuses ? { containerStatuses } : {}),
    ...(status.initContainerStatuses
      ? { initContainerStatuses: [...seen, ...started.slice(lastSeen + 1)] }
      : {}),
  }
}
