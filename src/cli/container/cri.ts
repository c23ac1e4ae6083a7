// Containers as crictl prints them: the messages of the container runtime interface as JSON.

/** A line of the node's list, in the cluster port's words (NodeContainer). */
export interface ListedContainer {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly state: 'created' | 'exited' | 'running'
  readonly exitCode?: number
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
}

const STATES = {
  created: 'CONTAINER_CREATED',
  exited: 'CONTAINER_EXITED',
  running: 'CONTAINER_RUNNING',
} as const

/** runtime.v1.Container (cri-api/pkg/apis/runtime/v1/api.proto); 64-bit numbers are texts, as protobuf's JSON has them. */
export function criContainer(container: ListedContainer) {
  const { id, image, state, createdAtMs } = container
  const { name, attempt } = partsOf(container)
  return {
    id,
    metadata: { name, attempt },
    image: { image },
    imageRef: image,
    state: STATES[state],
    createdAt: nanoseconds(createdAtMs),
    labels: { 'io.kubernetes.container.name': name, ...podLabels(container) },
  }
}

/** runtime.v1.PodSandbox */
export function criSandbox(sandbox: ListedContainer) {
  const { pod, namespace, uid, attempt } = partsOf(sandbox)
  return {
    id: sandbox.id,
    metadata: { name: pod, namespace, uid, attempt },
    state: sandbox.state === 'running' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: nanoseconds(sandbox.createdAtMs),
    labels: podLabels(sandbox),
  }
}

/** runtime.v1.ContainerStatus; crictl writes its instants as dates (cri-tools: cmd/crictl/container.go). */
export function criContainerStatus(container: ListedContainer) {
  const { createdAtMs, exitCode = 0, finishedAtMs = 0, startedAtMs = 0 } = container
  return {
    ...criContainer(container),
    createdAt: date(createdAtMs),
    startedAt: date(startedAtMs),
    finishedAt: date(finishedAtMs),
    exitCode,
  }
}

function podLabels(container: ListedContainer) {
  const { pod, namespace, uid } = partsOf(container)
  return {
    'io.kubernetes.pod.name': pod,
    'io.kubernetes.pod.namespace': namespace,
    'io.kubernetes.pod.uid': uid,
  }
}

/** `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`: no name of Kubernetes has an underscore. */
function partsOf({ name: whole }: ListedContainer) {
  const [, name = '', pod = '', namespace = '', uid = '', attempt] = whole.split('_')
  return { name, pod, namespace, uid, attempt: Number(attempt) }
}

function nanoseconds(ms: number): string {
  return `${ms}000000`
}

function date(ms: number): string {
  return new Date(ms).toISOString()
}
