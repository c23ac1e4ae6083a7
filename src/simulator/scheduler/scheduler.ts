// The scheduler: gives each new Pod a node, or says why none will do.

import { isDeleting, isTerminal } from '../../pod/phase.ts'
import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { SchedulingEvents } from '../events/scheduling-events.ts'
import type { Node } from '../kinds/node.ts'
import { node as nodeKind } from '../kinds/node.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import type { Registry } from '../store/registry.ts'
import type { Change } from '../store/store.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'
import { Cache } from './cache.ts'
import { clusterView } from './cluster-view.ts'
import type { ClusterView } from './cluster-view.ts'
import { filters as defaultFilters } from './filters/filters.ts'
import type { FitsNowhere } from './find-node.ts'
import { findNode } from './find-node.ts'
import { fitError, NO_NODES } from './fit-error.ts'
import { Nominations } from './nominations.ts'
import type { ClusterChange, FilterPlugin } from './plugin.ts'
import { bindPod, markUnschedulable, evictVictim } from './pod-writes.ts'
import { preempt } from './preemption.ts'
import type { QueuedPod } from './queue.ts'
import { SchedulingQueue } from './queue.ts'
import { scores } from './scores/scores.ts'

export interface SchedulerOptions {
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  /** The host of the control plane, as Events name it. */
  readonly host: string
  readonly filters?: readonly FilterPlugin[]
}

const NAME = 'default-scheduler'

/**
 * One Pod at a time: filter, score, assume, bind. While a binding is being written the next Pod is looked at
 * (pkg/scheduler/schedule_one.go). Pods of other schedulers are left alone.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #filters: readonly FilterPlugin[]
  readonly #cache = new Cache()
  readonly #nominations = new Nominations()
  readonly #queue: SchedulingQueue
  readonly #events: SchedulingEvents
  readonly #view: ClusterView
  #isBusy = false
  #startIndex = 0

  constructor(options: SchedulerOptions) {
    const { registry, timers, random, timing, host, filters = defaultFilters } = options
    this.#options = options
    this.#filters = filters
    this.#queue = new SchedulingQueue({ timers, timing, filters, wake: () => this.#wake() })
    const instance = `${NAME}-${host}`
    this.#events = new SchedulingEvents({ registry, timers, timing, random: random.fork('events'), instance })
    this.#view = clusterView({ store: registry.store, cache: this.#cache, nominations: this.#nominations })
  }

  /** Begins to follow the cluster, and to schedule what waits. */
  start(): void {
    const { registry } = this.#options
    const { store } = registry
    for (const node of registry.list(nodeKind)) this.#cache.addNode(node)
    for (const pod of registry.list(podKind)) this.#onPod(pod, undefined)
    store.subscribe('nodes', (change) => this.#onNode(change as Change<Node>))
    store.subscribe('pods', (change) => {
      const { object, previous } = change as Change<Pod>
      if (change.type === 'DELETED') this.#onPodGone(object)
      else this.#onPod(object, previous)
    })
    for (const resource of ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io']) {
      store.subscribe(resource, () => this.#queue.onChange({ kind: 'volume-changed' }))
    }
  }

  #onNode({ type, object }: Change<Node>): void {
    const name = object.metadata.name ?? ''
    if (type === 'DELETED') return this.#cache.removeNode(name)
    const known = this.#cache.node(name)
    if (!known) return this.#tellQueue({ kind: 'node-added', node: this.#cache.addNode(object) })
    const aspects = this.#cache.updateNode(object)
    if (aspects.size > 0) this.#tellQueue({ kind: 'node-updated', node: known, aspects })
  }

  #onPod(pod: Pod, previous: Pod | undefined): void {
    if (isTerminal(pod)) {
      if (!previous || !isTerminal(previous)) this.#onPodGone(pod)
    } else if (pod.spec?.nodeName) this.#onAssigned(pod, previous)
    else if (isWaiting(pod)) this.#onWaiting(pod, previous)
    else this.#queue.remove(pod)
  }

  #onAssigned(pod: Pod, previous: Pod | undefined): void {
    this.#cache.add(pod, pod.spec?.nodeName ?? '')
    if (!previous?.spec?.nodeName) {
      this.#queue.remove(pod)
      this.#nominations.remove(pod)
      this.#events.forget(pod.metadata.uid ?? '')
      this.#tellQueue({ kind: 'pod-assigned', pod })
    } else if (previous.metadata.labels !== pod.metadata.labels)
      this.#tellQueue({ kind: 'pod-relabelled', pod })
  }

  #onWaiting(pod: Pod, previous: Pod | undefined): void {
    this.#nominations.update(pod)
    if (previous && isWaiting(previous) && !canMakeDifference(pod, previous)) return this.#queue.refresh(pod)
    this.#afterWatch(() => {
      const current = this.#current(pod)
      if (current && isWaiting(current) && !current.spec?.nodeName) this.#queue.add(current)
    })
  }

  #onPodGone(pod: Pod): void {
    this.#cache.remove(pod.metadata.uid ?? '')
    this.#nominations.remove(pod)
    this.#queue.remove(pod)
    this.#events.forget(pod.metadata.uid ?? '')
    if (pod.spec?.nodeName) this.#tellQueue({ kind: 'pod-gone', pod })
  }

  #tellQueue(change: ClusterChange): void {
    this.#afterWatch(() => this.#queue.onChange(change))
  }

  #wake(): void {
    if (this.#isBusy || this.#queue.isEmpty) return
    this.#isBusy = true
    this.#after(this.#options.timing.scheduleMs, () => {
      this.#isBusy = false
      const queued = this.#queue.next()
      if (queued) this.#scheduleOne(queued)
      this.#wake()
    })
  }

  #scheduleOne(queued: QueuedPod): void {
    const pod = this.#current(queued.pod as Pod)
    if (!pod || isDeleting(pod)) return
    const { random } = this.#options
    const [cluster, filters] = [this.#view, this.#filters]
    if (cluster.nodes.length === 0) return this.#giveUp({ ...queued, pod }, NO_NODES, new Set(['']))
    this.#startIndex = (this.#startIndex + 1) % cluster.nodes.length
    const decision = findNode({ pod, cluster, filters, scores, random, startIndex: this.#startIndex })
    if (decision.kind === 'fits') this.#bind({ ...queued, pod }, decision.node.name)
    else this.#tryPreemption({ ...queued, pod }, pod, decision)
  }

  /** The Pod counts as running on its node from now on, before the binding is written. */
  #bind(queued: QueuedPod, nodeName: string): void {
    const { registry, timing } = this.#options
    const pod = queued.pod as Pod
    this.#cache.add(pod, nodeName)
    this.#after(timing.apiCallMs, () => {
      try {
        bindPod(registry, pod, nodeName)
      } catch (error) {
        this.#cache.remove(pod.metadata.uid ?? '')
        this.#retry(queued, error)
        return
      }
      const { namespace, name } = pod.metadata
      const note = `Successfully assigned ${namespace}/${name} to ${nodeName}`
      this.#events.tell(pod, { type: 'Normal', reason: 'Scheduled', action: 'Binding', note })
    })
  }

  /** A binding that was refused is no matter of nodes: it is tried again, unless the Pod is gone. */
  #retry(queued: QueuedPod, error: unknown): void {
    if (!(error instanceof ApiError)) throw error
    const pod = this.#current(queued.pod as Pod)
    if (pod && isWaiting(pod) && !pod.spec?.nodeName)
      this.#giveUp({ ...queued, pod }, error.message, new Set())
  }

  #tryPreemption(queued: QueuedPod, pod: Pod, decision: FitsNowhere): void {
    const [cluster, filters] = [this.#view, this.#filters]
    const preemption = preempt({ pod, decision, cluster, filters })
    const message = fitError({
      nodeCount: cluster.nodes.length,
      reasons: [...decision.refusals.values()].map(({ reasons }) => reasons),
      podMessage: decision.podMessage,
      afterwards: preemption.kind === 'makes-no-room' ? preemption.message : '',
    })
    if (preemption.kind === 'makes-no-room') return this.#giveUp(queued, message, decision.plugins)
    this.#nominations.nominate(pod, preemption.nodeName)
    this.#giveUp(queued, message, decision.plugins, preemption.nodeName)
    for (const victim of preemption.victims) this.#evict(victim as Pod, pod, preemption.nodeName)
  }

  #evict(victim: Pod, preemptor: Pod, nodeName: string): void {
    const { registry, timing } = this.#options
    this.#after(timing.apiCallMs, () => {
      evictVictim(registry, victim)
      const note = `Preempted by pod ${preemptor.metadata.uid} on node ${nodeName}`
      this.#events.tell(victim, { type: 'Normal', reason: 'Preempted', action: 'Preempting', note })
    })
  }

  #giveUp(
    queued: QueuedPod,
    message: string,
    plugins: ReadonlySet<string>,
    nominatedNodeName?: string,
  ): void {
    const pod = queued.pod as Pod
    this.#queue.reject(queued, plugins)
    this.#events.tell(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      action: 'Scheduling',
      note: message,
    })
    this.#after(this.#options.timing.apiCallMs, () =>
      markUnschedulable(this.#options.registry, pod, message, nominatedNodeName),
    )
  }

  #current(pod: Pod): Pod | undefined {
    const { namespace, name = '', uid } = pod.metadata
    const current = this.#options.registry.find(podKind, { namespace, name })
    return current?.metadata.uid === uid ? current : undefined
  }

  #afterWatch(run: () => void): void {
    this.#after(this.#options.timing.watchMs, run)
  }

  #after(latency: Timing['watchMs'], run: () => void): void {
    const { timers, random } = this.#options
    timers.at(timers.now() + draw(latency, random), run)
  }
}

/** Whether the Pod is one that this scheduler should look at: not held by gates, and not on its way out. */
function isWaiting(pod: Pod): boolean {
  const { schedulerName = NAME, schedulingGates = [] } = pod.spec ?? {}
  return schedulerName === NAME && schedulingGates.length === 0 && !isDeleting(pod)
}

/** A change of status alone does not make an unschedulable Pod fit (scheduling_queue.go:isPodUpdated). */
function canMakeDifference(pod: Pod, previous: Pod): boolean {
  return (
    JSON.stringify([pod.spec, pod.metadata.labels, pod.metadata.annotations]) !==
    JSON.stringify([previous.spec, previous.metadata.labels, previous.metadata.annotations])
  )
}
