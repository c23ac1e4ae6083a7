// One probe of one container: when it runs, and what its results add up to.

import type { V1Probe } from '@kubernetes/client-node'
import type { Container, ContainerStatus, Json } from '../../../pod/json.ts'
import { isSidecar } from '../../../pod/containers.ts'
import type { Timer } from '../../../time/clock.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { restartsAfterExit } from '../restart-decision.ts'
import type { ProbeResult } from '../pod-actions.ts'
import { type KubeletParts, podEvent } from '../parts.ts'
import type { ContainerList } from '../running-container.ts'
import { start, type Work } from '../work.ts'
import type { ProbeOutcome, ProbeType } from './probe-outcome.ts'
import { runProbe } from './run-probe.ts'

/** What a worker needs. */
export interface ProbeWorkerOptions {
  readonly parts: KubeletParts
  readonly type: ProbeType
  readonly probe: Json<V1Probe>
  readonly container: Container
  readonly list: ContainerList
  /** The pod as it is now; undefined once it is gone. */
  readonly pod: () => Pod | undefined
  /** Takes a result that counts; undefined forgets what an earlier container had. */
  readonly publish: (containerId: string, result: ProbeResult | undefined) => void
  /** The worker's work is over. */
  readonly ended: () => void
}

const INITIAL: Readonly<Record<ProbeType, ProbeResult>> = {
  liveness: 'Success',
  readiness: 'Failure',
  startup: 'Unknown',
}

/** A probe that could not be run is tried at once again (prober.go: maxProbeRetries). */
const MAX_RETRIES = 3

/** Source: pkg/kubelet/prober/worker.go. */
export class ProbeWorker {
  readonly #options: ProbeWorkerOptions
  readonly #anchorMs: number
  readonly #periodMs: number
  #tickMs: number
  #timer: Timer | undefined
  #isBusy = false
  #isTicked = false
  #isTriggered = false
  #isStopped = false
  #isOnHold = false
  #containerId = ''
  #lastResult: ProbeResult | undefined
  #resultRun = 0

  constructor(options: ProbeWorkerOptions) {
    this.#options = options
    this.#periodMs = (options.probe.periodSeconds ?? 10) * 1_000
    this.#anchorMs = options.parts.timers.now()
    this.#tickMs = this.#anchorMs
  }

  /** The first run is at once, the others on a grid that begins now. */
  begin(): void {
    this.#nextTick()
    this.#run()
  }

  /** Runs the probe now, and the next time a period later. */
  trigger(): void {
    if (this.#isBusy) {
      this.#isTriggered = true
      return
    }
    this.#timer?.cancel()
    this.#tickMs = this.#options.parts.timers.now()
    this.#nextTick()
    this.#run()
  }

  stop(): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#timer?.cancel()
    this.#options.ended()
  }

  #nextTick(): void {
    this.#tickMs += this.#periodMs
    this.#timer = this.#options.parts.timers.at(this.#tickMs, () => {
      this.#nextTick()
      // A ticker keeps one tick for a reader that is late, and drops the others.
      if (this.#isBusy) this.#isTicked = true
      else this.#run()
    })
  }

  #run(): void {
    if (this.#isStopped) return
    this.#isBusy = true
    start(this.#doProbe(), (goesOn) => {
      this.#isBusy = false
      if (!goesOn) return this.stop()
      if (this.#isTriggered) {
        this.#isTriggered = false
        this.trigger()
      } else if (this.#isTicked) {
        this.#isTicked = false
        this.#run()
      }
    })
  }

  /** Answers whether the worker goes on. Source: worker.go:doProbe. */
  *#doProbe(): Work<boolean> {
    const { parts, type, probe, container, publish } = this.#options
    const pod = this.#options.pod()
    if (!pod) return false
    const status = parts.statuses.status(pod.metadata.uid ?? '')
    // Nothing is known of the pod yet: later.
    if (!status) return true
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return false
    const own = statusOf(status, container.name)
    // The container has not been started yet.
    if (!own?.containerID) return true
    this.#meet(own)
    if (this.#isOnHold) return true
    if (!own.state?.running) {
      publish(this.#containerId, 'Failure')
      // A container that will come again is waited for.
      return !own.state?.terminated || restarts(container, pod, own)
    }
    if (pod.metadata.deletionTimestamp && type !== 'readiness') {
      publish(this.#containerId, 'Success')
      return false
    }
    const startedAtMs = Date.parse(own.state.running.startedAt ?? '')
    if (Math.floor((parts.timers.now() - startedAtMs) / 1_000) < (probe.initialDelaySeconds ?? 0)) return true
    // A startup probe has the others wait, and is over when it has succeeded.
    if ((own.started === true) === (type === 'startup')) return true
    const running = parts.runtime.container(pod.metadata.uid ?? '', this.#containerId)
    if (!running) return true
    const outcome = yield* this.#attempts(pod, running)
    if (outcome.is !== 'error') this.#count(outcome.is === 'failure' ? 'Failure' : 'Success')
    return true
  }

  /** A new instance begins with the initial result. */
  #meet({ containerID = '', ready, started, state }: ContainerStatus): void {
    const containerId = containerID.replace('containerd://', '')
    if (containerId === this.#containerId) return
    const { type, parts } = this.#options
    // What a kubelet finds when it starts stays as it was shown (gate ChangeContainerStatusOnKubeletRestart is off).
    const isOlder = Date.parse(state?.running?.startedAt ?? '') < parts.startedAtMs
    const isKept = isOlder && ((type === 'readiness' && ready) || (type === 'startup' && started))
    if (this.#containerId) this.#options.publish(this.#containerId, undefined)
    this.#containerId = containerId
    this.#options.publish(containerId, isKept ? 'Success' : INITIAL[type])
    this.#isOnHold = false
  }

  *#attempts(pod: Pod, running: Parameters<typeof runProbe>[1]['running']): Work<ProbeOutcome> {
    const { parts, probe, container } = this.#options
    const uid = pod.metadata.uid ?? ''
    const podIP = parts.runtime.sandbox(uid)?.network.ip || parts.node.hostIP
    for (let attempt = 1; ; attempt++) {
      const outcome = yield* runProbe(parts, { probe, container, running, podIP })
      if (outcome.is === 'error' && attempt < MAX_RETRIES) continue
      this.#tell(pod, outcome)
      return outcome
    }
  }

  #tell(pod: Pod, { is, output }: ProbeOutcome): void {
    const { parts, type, list, container } = this.#options
    const about = { list, name: container.name }
    const title = type[0]?.toUpperCase() + type.slice(1)
    const warn = (reason: string, message: string) =>
      podEvent(parts, pod, { type: 'Warning', reason, message, container: about })
    if (is === 'failure') warn('Unhealthy', `${title} probe failed: ${output}`)
    if (is === 'warning') warn('ProbeWarning', `${title} probe warning: ${output}`)
    if (is === 'error') warn('Unhealthy', `${title} probe errored and resulted in unknown state: ${output}`)
  }

  #count(result: ProbeResult): void {
    const { type, probe, publish } = this.#options
    if (result === this.#lastResult) this.#resultRun++
    else this.#resultRun = 1
    this.#lastResult = result
    const threshold = result === 'Failure' ? (probe.failureThreshold ?? 3) : (probe.successThreshold ?? 1)
    if (this.#resultRun < threshold) return
    publish(this.#containerId, result)
    if ((type === 'liveness' && result === 'Failure') || type === 'startup') {
      // The container will be replaced, or needs no startup probe any more: wait for another one.
      this.#isOnHold = true
      this.#resultRun = 0
    }
  }
}

function statusOf(
  status: {
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
  },
  name: string,
): ContainerStatus | undefined {
  return [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find(
    (one) => one.name === name,
  )
}

function restarts(container: Container, pod: Pod, { state }: ContainerStatus): boolean {
  if (pod.metadata.deletionTimestamp) return false
  return isSidecar(container) || restartsAfterExit(container, pod.spec, state?.terminated?.exitCode ?? 0)
}
