// The kubelet of one node: hears of pods, gives each a worker, and hands events from one part to another.

import type { Random } from '../../time/random.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { indexPodsByNode, podsOfNode, subscribeToPodsOfNode } from '../kinds/pod/pods-by-node.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { isEqual } from '../store/equality.ts'
import type { Change } from '../store/store.ts'
import { draw } from '../timing.ts'
import { admissionFailure } from './admission.ts'
import { activeDeadlineMs, deadlineFailure } from './deadline.ts'
import { Evictions } from './evictions.ts'
import { type KubeletOptions, makeParts } from './make-parts.ts'
import { type KubeletParts, podEvent, uidOf } from './parts.ts'
import { Pleg, type PodLifecycleEvent } from './pleg.ts'
import { PodWorker } from './pod-worker.ts'
import type { OnProbeResult } from './probes/prober.ts'
import { NodeHeartbeat } from './node-heartbeat.ts'
import { needsReadinessSync, withReadiness } from './readiness.ts'
import { rejectPod } from './reject-pod.ts'
import { SandboxGarbage } from './sandbox-garbage.ts'
import { StoppableTimers } from './stoppable-timers.ts'
import type { PodVolumes } from './volumes/pod-volumes.ts'
import { VolumeRefresh } from './volumes/volume-refresh.ts'
import { volumesOnNode } from './volumes/volumes-on-node.ts'
import { WorkQueue } from './work-queue.ts'

/** One run of the kubelet's process. Source: pkg/kubelet/kubelet.go. */
export class Kubelet {
  readonly #options: KubeletOptions
  readonly #timers: StoppableTimers
  readonly #random: Random
  readonly #parts: KubeletParts
  readonly #pleg: Pleg
  readonly #queue: WorkQueue
  readonly #evictions: Evictions
  readonly #refresh: VolumeRefresh
  readonly #heartbeat: NodeHeartbeat
  readonly #garbage: SandboxGarbage
  readonly #workers = new Map<string, PodWorker>()
  readonly #unsubscribe: () => void
  #watchedUntilMs = 0

  constructor(options: KubeletOptions) {
    const { registry, timing, runtime, node } = options
    const timers = (this.#timers = new StoppableTimers(options.timers))
    const random = (this.#random = options.random.fork(`kubelet/${timers.now()}`))
    this.#options = { ...options, timers, random }
    // A kubelet that starts needs up to a second until its loops turn.
    const after = () => timers.now() + random.between(1, 1_000)
    this.#pleg = new Pleg({ timers, runtime, periodMs: timing.plegRelistMs, firstMs: after() })
    this.#queue = new WorkQueue({
      timers,
      tickMs: timing.workQueueTickMs,
      gridMs: after(),
      due: (uid) => this.#sync(uid),
    })
    this.#parts = makeParts(this.#options, {
      couldHaveRunningContainers: (uid) => this.#workers.get(uid)?.couldHaveRunningContainers ?? false,
      onProbeResult: (news) => this.#onProbeResult(news),
      volumes: (pod) => this.#volumesOf(pod),
    })
    this.#evictions = new Evictions(this.#parts, (uid) => this.#workers.get(uid))
    this.#refresh = new VolumeRefresh(this.#parts)
    this.#heartbeat = new NodeHeartbeat(this.#parts)
    this.#garbage = new SandboxGarbage({ timers, runtime, periodMs: timing.containerGarbageMs })
    runtime.onChange = (uid) => this.#pleg.changed(uid)
    this.#pleg.onEvents = (uid, events, syncs) => this.#onEvents(uid, events, syncs)
    indexPodsByNode(registry.store)
    this.#unsubscribe = subscribeToPodsOfNode(registry.store, node.name, (change) => this.#onChange(change))
    this.#begin()
  }

  /** The pod that the kubelet knows under that uid. */
  pod(uid: string): Pod | undefined {
    return this.#workers.get(uid)?.pod
  }

  get parts(): KubeletParts {
    return this.#parts
  }

  /** The process ends: nothing that it had planned happens. Containers run on. */
  stop(): void {
    this.#timers.stop()
    this.#unsubscribe()
    this.#refresh.stop()
    this.#options.runtime.onChange = () => {}
  }

  #begin(): void {
    const { registry, runtime, node } = this.#options
    this.#heartbeat.begin()
    for (const uid of runtime.podUids) this.#pleg.changed(uid)
    for (const pod of podsOfNode(registry.store, node.name)) this.#later(() => this.#onPod(pod))
  }

  /** What happened in the API arrives in its order, a moment later. */
  #onChange(change: Change<Pod>): void {
    this.#later(() => {
      if (change.type === 'DELETED') this.#onRemoved(change.object)
      else this.#onPod(change.object)
    })
  }

  #later(run: () => void): void {
    const atMs = this.#timers.now() + draw(this.#options.timing.watchMs, this.#random)
    this.#watchedUntilMs = Math.max(this.#watchedUntilMs, atMs)
    this.#timers.at(this.#watchedUntilMs, run)
  }

  #onPod(pod: Pod): void {
    const worker = this.#workers.get(uidOf(pod))
    if (!worker) return this.#onAdded(pod)
    const old = worker.pod
    if (isOnlyStatus(old, pod)) {
      worker.refresh(pod)
      if (needsReadinessSync(pod)) worker.sync()
      return
    }
    worker.update(pod)
    this.#planDeadline(worker)
    this.#refresh.onPod(pod, old)
  }

  #onAdded(pod: Pod): void {
    const isEnded = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded'
    const isKnown = this.#options.runtime.sandboxes(uidOf(pod)).length > 0
    if (isEnded && !isKnown) return
    const rejection = isKnown || pod.metadata.deletionTimestamp ? undefined : this.#rejection(pod)
    if (rejection) return rejectPod(this.#parts, pod, rejection)
    const worker = new PodWorker({
      parts: this.#parts,
      pleg: this.#pleg,
      queue: this.#queue,
      random: this.#random,
      pod,
      deadline: () => this.#deadline(pod),
      finished: () => this.#onFinished(uidOf(pod)),
    })
    this.#workers.set(uidOf(pod), worker)
    worker.update(pod)
    this.#planDeadline(worker)
    this.#evictions.watch(pod)
    this.#refresh.onPod(pod, undefined)
  }

  #rejection(pod: Pod) {
    const { registry, node } = this.#options
    const others = {
      atMost: this.#workers.size,
      running: () =>
        [...this.#workers.values()].map(({ pod }) => pod).filter((other) => !this.#hasStopped(other)),
    }
    return admissionFailure(pod, others, registry.find(nodeKind, { name: node.name }), node)
  }

  /** What a pod had is free once its containers have stopped (kubelet.go:filterOutInactivePods; recording preemption). */
  #hasStopped(pod: Pod): boolean {
    const phase = this.#parts.statuses.status(uidOf(pod))?.phase
    return phase === 'Succeeded' || phase === 'Failed' || this.#workers.get(uidOf(pod))?.state === 'finished'
  }

  #onRemoved(pod: Pod): void {
    const worker = this.#workers.get(uidOf(pod))
    if (!worker) return this.#parts.statuses.forget(uidOf(pod))
    worker.remove(pod)
    if (worker.state === 'finished') this.#forget(uidOf(pod))
  }

  #onFinished(uid: string): void {
    if (this.#workers.get(uid)?.isGone) this.#forget(uid)
  }

  /** Nothing of the pod is left in the API: the node forgets it too (HandlePodCleanups, every 2 s). */
  #forget(uid: string): void {
    const { runtime, volumes } = this.#options
    const { statuses, startFailures, crashBackOff, images, prober } = this.#parts
    this.#workers.delete(uid)
    this.#queue.forget(uid)
    statuses.forget(uid)
    startFailures.forget(uid)
    crashBackOff.forget(`${uid}/`)
    images.forget(uid)
    prober.removePod(uid)
    volumes.get(uid)?.close()
    volumes.delete(uid)
    for (const { id } of Array.from(runtime.containers(uid))) {
      prober.forgetContainer(id)
      runtime.removeContainer(uid, id)
    }
    for (const { id } of Array.from(runtime.sandboxes(uid))) runtime.removeSandbox(uid, id)
    this.#pleg.forget(uid)
  }

  #sync(uid: string): void {
    this.#workers.get(uid)?.sync()
  }

  #onEvents(uid: string, events: readonly PodLifecycleEvent[], syncs: 'each' | 'one' | 'none'): void {
    const { runtime, rules } = this.#options
    if (syncs === 'one') this.#sync(uid)
    this.#garbage.note(uid)
    for (const { type, name } of events) {
      // The second event of a relist finds the worker busy: its sync follows at the next one.
      if (type !== 'ContainerRemoved' && syncs === 'each') this.#sync(uid)
      if (type !== 'ContainerDied' || name === '') continue
      for (const { id } of rules.deadContainersToRemove(this.#pleg.status(uid).containers, name)) {
        runtime.removeContainer(uid, id)
        this.#parts.prober.forgetContainer(id)
      }
    }
  }

  #onProbeResult({ podUid, container, type, result }: Parameters<OnProbeResult>[0]): void {
    if (type === 'readiness') this.#setReadiness(podUid, container, result === 'Success')
    if (type === 'startup') this.#setStartup(podUid, container, result === 'Success')
    // Only a failed liveness probe asks for something to be done.
    if (type !== 'liveness' || result === 'Failure') this.#sync(podUid)
  }

  #setReadiness(uid: string, name: string, ready: boolean): void {
    const pod = this.#workers.get(uid)?.pod
    if (pod)
      this.#parts.statuses.setContainerReadiness(pod, name, ready, (status) => withReadiness(pod, status))
  }

  #setStartup(uid: string, name: string, started: boolean): void {
    const pod = this.#workers.get(uid)?.pod
    if (pod) this.#parts.statuses.setContainerStartup(pod, name, started)
  }

  /** The pod is looked at again when its time is up. */
  #planDeadline({ pod }: PodWorker): void {
    const atMs = activeDeadlineMs(pod, this.#parts.statuses.status(uidOf(pod)))
    if (atMs !== undefined) this.#queue.syncAt(uidOf(pod), atMs)
  }

  #deadline(pod: Pod) {
    const failure = deadlineFailure(this.pod(uidOf(pod)) ?? pod, this.#timers.now())
    if (failure) podEvent(this.#parts, pod, { type: 'Normal', ...failure })
    return failure
  }

  #volumesOf(pod: Pod): PodVolumes {
    const { volumes, registry, runtime, node, hostFiles } = this.#options
    const known = volumes.get(uidOf(pod))
    if (known) return known
    const made = volumesOnNode({
      pod,
      current: () => this.pod(uidOf(pod)) ?? pod,
      registry,
      runtime,
      node,
      hostFiles,
      timers: this.#timers,
      failed: (message) => podEvent(this.#parts, pod, { type: 'Warning', reason: 'FailedMount', message }),
    })
    volumes.set(uidOf(pod), made)
    return made
  }
}

/** Whether nothing that a kubelet acts on differs but the status, which it has mostly written itself (config.go:podsDifferSemantically). */
function isOnlyStatus({ spec, metadata: before }: Pod, { spec: nextSpec, metadata: after }: Pod): boolean {
  return (
    before.deletionTimestamp === after.deletionTimestamp &&
    before.deletionGracePeriodSeconds === after.deletionGracePeriodSeconds &&
    isEqual(before.labels, after.labels) &&
    isEqual(before.annotations, after.annotations) &&
    isEqual(spec, nextSpec)
  )
}
