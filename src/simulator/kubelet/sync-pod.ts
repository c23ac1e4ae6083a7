// Brings a pod one step closer to what it should be: the kubelet's SyncPod.

import type { PodStatus } from '../../pod/json.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { secret } from '../kinds/secret.ts'
import { type KubeletParts, podEvent, takes, uidOf } from './parts.ts'
import type { PodRuntimeStatus } from './runtime/pod-runtime-status.ts'
import type { StartFailure } from './status/container-statuses.ts'
import { containersToProbe } from './status/pod-status.ts'
import { syncRuntime } from './sync-runtime.ts'
import { firstOf, type Gate, within, type Work } from './work.ts'
import { copyWith } from '../store/copy-with.ts'

/** A pod at the beginning of a sync. */
export interface SyncInput {
  readonly pod: Pod
  /** The pod as the API has it at any later instant. */
  readonly current: () => Pod | undefined
  readonly runtime: PodRuntimeStatus
  /** Why the pod has to end although its containers could go on. */
  readonly forcedFailure: () => StartFailure | undefined
  /** Opens when the pod is asked to end. */
  readonly cancelled: Gate
}

/** What a sync came to. */
export interface SyncResult {
  /** All containers have ended for good. */
  readonly isTerminal: boolean
  readonly failed: boolean
  readonly backOffEndMs?: number | undefined
  readonly hasActed: boolean
}

/** How long a sync waits for volumes (volume_manager.go: podAttachAndMountTimeout). */
const VOLUMES_TIMEOUT_MS = 123_000

const idle: SyncResult = { isTerminal: false, failed: false, hasActed: false }

/** Source: pkg/kubelet/kubelet.go:SyncPod. What this sync does is seen in the status of the next one. */
export function* syncPod(parts: KubeletParts, input: SyncInput): Work<SyncResult> {
  const { pod, runtime } = input
  // 1. Say how the pod is, before anything is done about it.
  const status = setStatus(parts, input, false)
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return { ...idle, isTerminal: true }

  // 2. Volumes, then probes: their clocks begin before any image is pulled.
  const areVolumesReady = yield* waitForVolumes(parts, input)
  if (input.cancelled.isOpen) return idle
  if (!areVolumesReady) return { ...idle, failed: true }
  tellOfMissingPullSecrets(parts, pod)
  parts.prober.addPod(parts, pod, input.current)

  // 3. Sandbox and containers.
  const restartAllContainers = isRestartingAll(status)
  const actions = parts.rules.decide({ pod, runtime, probes: parts.prober.results, restartAllContainers })
  const result = yield* syncRuntime(parts, {
    pod,
    runtime,
    actions,
    sandboxReady: () => setSandboxReady(parts, pod),
  })
  return { isTerminal: false, ...result }
}

/** Computes the status of a pod and gives it to the status manager. */
export function setStatus(
  parts: KubeletParts,
  { pod, runtime, forcedFailure }: Pick<SyncInput, 'pod' | 'runtime' | 'forcedFailure'>,
  isTerminal: boolean,
): PodStatus {
  const uid = uidOf(pod)
  const probes = parts.prober.statusProbes(uid)
  const status = parts.rules.podStatus({
    pod,
    runtime,
    previous: parts.statuses.status(uid) ?? pod.status ?? {},
    isTerminal,
    startFailure: (name) => parts.startFailures.get(uid, name),
    probes,
    hostIP: parts.node.hostIP,
    forcedFailure: forcedFailure(),
  })
  parts.statuses.setPodStatus(pod, status)
  // A container that is not ready yet is probed at once, now that its status is known.
  for (const name of containersToProbe(status, probes)) parts.prober.trigger(uid, name)
  return status
}

function isRestartingAll({ conditions }: PodStatus): boolean {
  return (
    conditions?.some(({ type, status }) => type === 'AllContainersRestarting' && status === 'True') ?? false
  )
}

/** A new sandbox shows in the conditions at once (kubelet.go:OnPodSandboxReady). */
function setSandboxReady(parts: KubeletParts, pod: Pod): void {
  const status = parts.statuses.status(uidOf(pod))
  if (!status) return
  const conditions = (status.conditions ?? []).map((condition) =>
    condition.type === 'PodReadyToStartContainers' ? copyWith(condition, { status: 'True' }) : condition,
  )
  parts.statuses.setPodStatus(pod, copyWith(status, { conditions }))
}

/** Images are pulled without the secrets that do not exist (kubelet_pods.go:getPullSecretsForPod). */
function tellOfMissingPullSecrets(parts: KubeletParts, pod: Pod): void {
  const { namespace } = pod.metadata
  const missing = (pod.spec?.imagePullSecrets ?? []).flatMap(({ name = '' }) =>
    name !== '' && !parts.registry.find(secret, { namespace, name }) ? [name] : [],
  )
  if (missing.length === 0) return
  const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`
  podEvent(parts, pod, { type: 'Warning', reason: 'FailedToRetrieveImagePullSecret', message })
}

/** Answers whether all volumes are there in time. */
function* waitForVolumes(parts: KubeletParts, { pod, cancelled }: SyncInput): Work<boolean> {
  const { ready, start } = parts.volumes(pod)
  if (ready.isOpen) return true
  start()
  // The loops of the volume manager and of this wait turn every 100 and 300 ms.
  yield takes(parts, 'volumesReadyMs')
  if (!ready.isOpen)
    yield within(parts.timers, VOLUMES_TIMEOUT_MS, firstOf([ready.opened, cancelled.opened]), () => {})
  return ready.isOpen
}
