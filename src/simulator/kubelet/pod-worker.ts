// The worker of one pod: one sync at a time, from its first to its last.

import type { Pod } from '../kinds/pod/pod.ts'
import { isTerminal } from '../../pod/phase.ts'
import type { Random } from '../../time/random.ts'
import { type KubeletParts, uidOf } from './parts.ts'
import type { Pleg } from './pleg.ts'
import type { StartFailure } from './status/container-statuses.ts'
import { syncPod, type SyncResult } from './sync-pod.ts'
import { syncTerminatedPod, syncTerminatingPod } from './terminate-pod.ts'
import { Gate, start, type Work } from './work.ts'
import type { WorkQueue } from './work-queue.ts'

/** How far a pod has come on its node. */
export type PodWorkState = 'syncing' | 'terminating' | 'terminated' | 'finished'

/** Why and how fast a pod has to end. */
export interface KillRequest {
  /** Replaces the pod's own grace. */
  readonly graceSeconds?: number | undefined
  /** What its status says; nothing when it is simply deleted. */
  readonly failure?: StartFailure | undefined
}

/** What a worker needs. */
export interface PodWorkerOptions {
  readonly parts: KubeletParts
  readonly pleg: Pleg
  readonly queue: WorkQueue
  readonly random: Random
  readonly pod: Pod
  /** A reason to end that is looked at in every sync: the pod's own deadline. */
  readonly deadline: () => StartFailure | undefined
  readonly finished: () => void
}

/** A worker that retries later than this would miss its pod (pod_workers.go: workerBackOffPeriod). */
const BACK_OFF_CAP_MS = 60_000

/** Source: pkg/kubelet/pod_workers.go. */
export class PodWorker {
  readonly #options: PodWorkerOptions
  readonly #cancelled = new Gate()
  #pod: Pod
  #isGone = false
  #state: PodWorkState = 'syncing'
  #isAskedToEnd = false
  #graceSeconds: number | undefined
  #failure: StartFailure | undefined
  #isWorking = false
  #isPending = false
  #lastSyncMs = 0

  constructor(options: PodWorkerOptions) {
    this.#options = options
    this.#pod = options.pod
  }

  get pod(): Pod {
    return this.#pod
  }

  get state(): PodWorkState {
    return this.#state
  }

  /** Whether the pod has been asked to end. */
  get isTerminating(): boolean {
    return this.#isAskedToEnd
  }

  /** Whether a container of the pod could still run. */
  get couldHaveRunningContainers(): boolean {
    return this.#state === 'syncing' || this.#state === 'terminating'
  }

  /** The object is gone from the API. */
  get isGone(): boolean {
    return this.#isGone
  }

  /** Takes a newer object without looking at it: only its status has changed. */
  refresh(pod: Pod): void {
    this.#pod = pod
  }

  /** Takes a newer object and syncs the pod. */
  update(pod: Pod): void {
    this.#pod = pod
    if (pod.metadata.deletionTimestamp || isTerminal(pod)) this.#askToEnd({})
    this.sync()
  }

  /** The object was removed: whatever still runs ends fast. */
  remove(pod: Pod): void {
    this.#pod = pod
    this.#isGone = true
    this.#askToEnd({ graceSeconds: pod.metadata.deletionGracePeriodSeconds === 0 ? 1 : undefined })
    this.sync()
  }

  /** Ends the pod for a reason of the node. */
  kill(request: KillRequest): void {
    this.#askToEnd(request)
    this.sync()
  }

  /** Syncs the pod, at once or after the sync that is under way. */
  sync(): void {
    if (this.#state === 'finished') return
    if (this.#isWorking) this.#isPending = true
    else start(this.#work())
  }

  #askToEnd({ graceSeconds, failure }: KillRequest): void {
    if (graceSeconds !== undefined)
      this.#graceSeconds = Math.min(Math.max(graceSeconds, 1), this.#graceSeconds ?? Infinity)
    this.#failure ??= failure
    if (this.#isAskedToEnd) return
    this.#isAskedToEnd = true
    if (this.#state === 'syncing') this.#state = 'terminating'
    this.#cancelled.open()
  }

  *#work(): Work {
    const { pleg, parts } = this.#options
    const uid = uidOf(this.#pod)
    this.#isWorking = true
    do {
      this.#isPending = false
      // A sync has to see what the one before it has done; the first one, whatever was there before the kubelet.
      yield pleg.newerThan(uid, this.#lastSyncMs)
      yield* this.#syncOnce()
      this.#lastSyncMs = parts.timers.now()
    } while (this.#isPending && this.#state !== 'finished')
    this.#isWorking = false
  }

  *#syncOnce(): Work {
    const { parts, pleg, deadline } = this.#options
    const pod = this.#pod
    const input = {
      pod,
      current: () => (this.#isGone ? undefined : this.#pod),
      runtime: pleg.status(uidOf(pod)),
      forcedFailure: () => this.#failure ?? deadline(),
      cancelled: this.#cancelled,
      overrideSeconds: this.#graceSeconds,
    }
    if (this.#state === 'syncing') this.#completeSync(yield* syncPod(parts, input))
    else if (this.#state === 'terminating') {
      yield* syncTerminatingPod(parts, input)
      this.#state = 'terminated'
      this.#isPending = true
    } else if (this.#state === 'terminated') {
      yield* syncTerminatedPod(parts, input)
      this.#state = 'finished'
      this.#options.queue.forget(uidOf(pod))
      this.#options.finished()
    }
  }

  /** Source: pod_workers.go:completeWork. */
  #completeSync(result: SyncResult): void {
    const { pleg, parts } = this.#options
    if (result.isTerminal) {
      this.#askToEnd({})
      this.#isPending = true
      return
    }
    if (this.#isAskedToEnd) {
      this.#isPending = true
      return
    }
    if (result.hasActed && !result.failed) {
      parts.timers.at(parts.timers.now() + this.#relistDelayMs(), () => pleg.relistPod(uidOf(this.#pod)))
    }
    if (result.failed) this.#retry(result.backOffEndMs)
  }

  /** After an error the pod is tried again, when it has waited for a crash back-off if there is one. */
  #retry(backOffEndMs: number | undefined): void {
    const { parts, queue, random } = this.#options
    const { timers, timing } = parts
    const baseMs =
      backOffEndMs === undefined
        ? timing.resyncAfterErrorMs
        : Math.min(Math.max(backOffEndMs - timers.now(), 0), BACK_OFF_CAP_MS)
    queue.enqueue(uidOf(this.#pod), baseMs * (1 + random.next() / 2))
  }

  #relistDelayMs(): number {
    const { parts, random } = this.#options
    const { leastMs, mostMs } = parts.timing.onDemandRelistMs
    return random.between(leastMs, mostMs)
  }
}
