// All probes of a node: a worker for each, and the results that count.

import { isSidecar } from '../../../pod/containers.ts'
import type { Container } from '../../../pod/json.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { type KubeletParts, type Probes, uidOf } from '../parts.ts'
import type { ContainerList } from '../running-container.ts'
import type { ProbeResult, ProbeResults } from '../pod-actions.ts'
import type { StatusProbes } from '../status/pod-status.ts'
import type { ProbeType } from './probe-outcome.ts'
import { ProbeWorker } from './probe-worker.ts'

const TYPES: readonly ProbeType[] = ['startup', 'readiness', 'liveness']

/** Hears of a result that differs from the one before; undefined: it was forgotten. */
export type OnProbeResult = (change: {
  readonly type: ProbeType
  readonly podUid: string
  readonly container: string
  readonly result: ProbeResult
}) => void

/** Source: pkg/kubelet/prober/prober_manager.go. */
export class Prober implements Probes {
  readonly #workers = new Map<string, Map<string, ProbeWorker>>()
  readonly #results: Record<ProbeType, Map<string, ProbeResult>> = {
    startup: new Map(),
    readiness: new Map(),
    liveness: new Map(),
  }
  onResult: OnProbeResult = () => {}

  /** Results of liveness and startup, for decisions. */
  readonly results: ProbeResults = {
    liveness: (id) => this.#results.liveness.get(id),
    startup: (id) => this.#results.startup.get(id),
  }

  /** What the status of a pod asks. */
  statusProbes(podUid: string): StatusProbes {
    return {
      startup: (id) => this.#results.startup.get(id),
      readiness: (id) => this.#results.readiness.get(id),
      has: (name, type) => this.#workers.get(podUid)?.has(`${name}/${type}`) ?? false,
    }
  }

  /** Starts the workers of a pod's containers, those that it does not have yet. */
  addPod(parts: KubeletParts, pod: Pod, current: () => Pod | undefined): void {
    const { containers = [], initContainers = [] } = pod.spec ?? {}
    for (const container of containers) this.#addContainer(parts, pod, 'containers', container, current)
    for (const container of initContainers.filter(isSidecar))
      this.#addContainer(parts, pod, 'initContainers', container, current)
  }

  /** Runs the readiness probe of a container at once. */
  trigger(podUid: string, container: string): void {
    this.#workers.get(podUid)?.get(`${container}/readiness`)?.trigger()
  }

  /** Ends the probes that a pod on its way out needs no more. */
  stopLivenessAndStartup(podUid: string): void {
    for (const [key, worker] of this.#workers.get(podUid) ?? [])
      if (!key.endsWith('/readiness')) worker.stop()
  }

  /** Ends all probes of a pod. */
  removePod(podUid: string): void {
    for (const worker of Array.from(this.#workers.get(podUid)?.values() ?? [])) worker.stop()
    this.#workers.delete(podUid)
  }

  /** Forgets what was known of a container that is gone. */
  forgetContainer(containerId: string): void {
    for (const type of TYPES) this.#results[type].delete(containerId)
  }

  #addContainer(
    parts: KubeletParts,
    pod: Pod,
    list: ContainerList,
    container: Container,
    current: () => Pod | undefined,
  ): void {
    const podUid = uidOf(pod)
    for (const type of TYPES) {
      const probe = container[`${type}Probe`]
      const key = `${container.name}/${type}`
      if (!probe || this.#workers.get(podUid)?.has(key)) continue
      const worker = new ProbeWorker({
        parts,
        type,
        probe,
        container,
        list,
        pod: current,
        publish: (containerId, result) => this.#publish(podUid, container.name, type, containerId, result),
        ended: () => this.#ended(podUid, key),
      })
      const workers = this.#workers.get(podUid) ?? new Map<string, ProbeWorker>()
      this.#workers.set(podUid, workers.set(key, worker))
      worker.begin()
    }
  }

  #ended(podUid: string, key: string): void {
    const workers = this.#workers.get(podUid)
    workers?.delete(key)
    if (workers?.size === 0) this.#workers.delete(podUid)
  }

  #publish(
    podUid: string,
    container: string,
    type: ProbeType,
    containerId: string,
    result: ProbeResult | undefined,
  ): void {
    const results = this.#results[type]
    if (result === undefined) results.delete(containerId)
    else if (results.get(containerId) !== result) {
      results.set(containerId, result)
      this.onResult({ type, podUid, container, result })
    }
  }
}
