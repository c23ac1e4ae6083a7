// Makes the runtime as the decision wants it: the numbered steps of kuberuntime's SyncPod.

import { isSidecar } from '../../pod/containers.ts'
import type { Container, EphemeralContainer } from '../../pod/json.ts'
import { formatDuration } from '../../time/duration.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { hostname } from './config/pod-files.ts'
import { specOf } from './kill-container.ts'
import { killPod } from './kill-pod.ts'
import { type KubeletParts, podEvent, podText, uidOf } from './parts.ts'
import type { ContainerList } from './running-container.ts'
import type { PodActions } from './pod-actions.ts'
import type { PodRuntimeStatus } from './runtime/pod-runtime-status.ts'
import type { Sandbox } from './runtime/sandbox.ts'
import { backOffKey, crashLoopMessage, startContainer } from './start-container.ts'
import type { StartFailure } from './status/container-statuses.ts'
import type { Work } from './work.ts'

/** What a sync of the runtime came to. */
export interface RuntimeResult {
  /** Something went wrong: the pod is synced again soon. */
  readonly failed: boolean
  /** The earliest end of a crash back-off that stood in the way. */
  readonly backOffEndMs: number | undefined
  /** Something was done that a look at the runtime will show. */
  readonly hasActed: boolean
}

/** What a sync of the runtime starts from. */
export interface RuntimeInput {
  readonly pod: Pod
  /** What was known of the runtime when the sync began. */
  readonly runtime: PodRuntimeStatus
  readonly actions: PodActions
  /** A new sandbox is ready, and no container runs in it yet. */
  readonly sandboxReady: () => void
}

interface Outcome {
  failed: boolean
  hasActed: boolean
  backOffEndMs: number | undefined
}

/** Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go:SyncPod. */
export function* syncRuntime(parts: KubeletParts, input: RuntimeInput): Work<RuntimeResult> {
  const { pod, actions } = input
  const uid = uidOf(pod)
  const outcome: Outcome = { failed: false, hasActed: false, backOffEndMs: undefined }

  // 1. A changed sandbox takes everything with it.
  if (actions.createSandbox && actions.sandboxId !== '') {
    const message = 'Pod sandbox changed, it will be killed and re-created.'
    podEvent(parts, pod, { type: 'Normal', reason: 'SandboxChanged', message })
  }

  // 2. End the pod, or the containers that have to go.
  if (actions.killPod) {
    outcome.hasActed = parts.runtime.sandboxes(uid).length > 0
    yield* killPod(parts, pod)
  } else yield* killContainers(parts, input, outcome)
  yield* resetContainers(parts, input, outcome)
  pruneInitContainers(parts, input)

  // 3. A sandbox to start in.
  let sandbox = parts.runtime.sandbox(uid)
  if (actions.createSandbox) {
    sandbox = yield* createSandbox(parts, input)
    if (!sandbox) return { ...outcome, failed: true }
    outcome.hasActed = true
    input.sandboxReady()
  }
  if (!sandbox) return outcome

  // 4. Containers: ephemeral ones, init containers in their order, then the regular ones.
  const { ephemeralContainers = [], initContainers = [], containers = [] } = pod.spec ?? {}
  for (const index of actions.ephemeralContainersToStart)
    yield* start(parts, input, outcome, 'ephemeralContainers', ephemeralContainers[index], sandbox)
  for (const index of actions.initContainersToStart) {
    const container = initContainers[index]
    const isStarted = yield* start(parts, input, outcome, 'initContainers', container, sandbox)
    // Those behind a plain init container have to wait for it.
    if (!isStarted && container && !isSidecar(container)) return outcome
  }
  for (const index of actions.containersToStart)
    yield* start(parts, input, outcome, 'containers', containers[index], sandbox)
  return outcome
}

function* killContainers(parts: KubeletParts, { pod, actions }: RuntimeInput, outcome: Outcome): Work {
  for (const { id, name, message, probe } of actions.containersToKill) {
    const running = parts.runtime.container(uidOf(pod), id)
    if (!running) continue
    outcome.hasActed = true
    yield* parts.rules.killContainer(parts, { pod, ...specOf(pod, name), running, message, probe })
  }
}

function* resetContainers(parts: KubeletParts, { pod, actions }: RuntimeInput, outcome: Outcome): Work {
  for (const { id, name, kill } of actions.containersToReset) {
    const running = parts.runtime.container(uidOf(pod), id)
    if (!running) continue
    outcome.hasActed = true
    // The event says no more than that (recording ctr-restart-all).
    if (kill)
      yield* parts.rules.killContainer(parts, { pod, ...specOf(pod, name), running, message: 'killing' })
    parts.runtime.removeContainer(uidOf(pod), id)
    parts.prober.forgetContainer(id)
  }
}

/**
 * Before init containers run (again), what is left of earlier instances goes: with a new sandbox all of it, so that the pod
 * is initialised anew. Source: kuberuntime_container.go:purgeInitContainers, pruneInitContainersBeforeStart.
 */
function pruneInitContainers(parts: KubeletParts, { pod, actions }: RuntimeInput): void {
  if (actions.initContainersToStart.length === 0) return
  const { containers } = parts.runtime.status(uidOf(pod))
  for (const { name } of pod.spec?.initContainers ?? []) {
    const dead = containers.filter((one) => one.name === name && one.state === 'Exited')
    const toRemove = actions.createSandbox ? dead : parts.rules.deadContainersToRemove(dead, name)
    for (const { id } of toRemove) parts.runtime.removeContainer(uidOf(pod), id)
  }
}

function* createSandbox(parts: KubeletParts, { pod, actions }: RuntimeInput): Work<Sandbox | undefined> {
  const { metadata, spec } = pod
  const { name = '', namespace = '', uid = '' } = metadata
  const host = hostname(pod, parts.node.name)
  const hostPorts = (spec?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort }) => (hostPort ? [{ hostPort, containerPort }] : [])),
  )
  const hostNetwork = spec?.hostNetwork ?? false
  try {
    const sandboxPod = {
      uid,
      name,
      namespace,
      hostname: host,
      hostNetwork,
      hostPorts,
      sharesProcesses: spec?.shareProcessNamespace ?? false,
    }
    return yield* parts.runtime.runSandbox(sandboxPod, actions.attempt)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const message = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ${error.message}`
    podEvent(parts, pod, { type: 'Warning', reason: 'FailedCreatePodSandBox', message })
    return undefined
  }
}

/** Answers whether the container was started. */
function* start(
  parts: KubeletParts,
  input: RuntimeInput,
  outcome: Outcome,
  list: ContainerList,
  container: Container | EphemeralContainer | undefined,
  sandbox: Sandbox,
): Work<boolean> {
  if (!container) return false
  const { pod } = input
  const backOff = list === 'ephemeralContainers' ? undefined : inBackOff(parts, input, list, container)
  const failure = backOff?.failure ?? (yield* startContainer(parts, { pod, container, list, sandbox }))
  parts.startFailures.update(uidOf(pod), container.name, failure)
  if (!failure) {
    outcome.hasActed = true
    return true
  }
  outcome.failed = true
  if (backOff) outcome.backOffEndMs = Math.min(outcome.backOffEndMs ?? Infinity, backOff.endMs)
  return false
}

/** Whether a container that has crashed has to wait; otherwise its next wait will be longer. Source: doBackOff. */
function inBackOff(
  parts: KubeletParts,
  { pod, runtime }: RuntimeInput,
  list: ContainerList,
  container: Container,
): { readonly failure: StartFailure; readonly endMs: number } | undefined {
  const { crashBackOff, timers } = parts
  const last = runtime.containers.find(({ name, state }) => name === container.name && state === 'Exited')
  if (!last) return undefined
  const key = backOffKey(pod, container)
  const endMs = crashBackOff.endsAt(key, last.finishedAtMs)
  if (endMs === undefined || timers.now() >= endMs) {
    crashBackOff.next(key, last.finishedAtMs, timers.now())
    return undefined
  }
  const about = { list, name: container.name }
  const message = `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`
  podEvent(parts, pod, { type: 'Warning', reason: 'BackOff', message, container: about })
  const text = crashLoopMessage(pod, container, formatDuration(crashBackOff.delayMs(key)))
  return { failure: { reason: 'CrashLoopBackOff', message: text }, endMs }
}
