// What the container runtime says about one pod: the only thing besides the Pod itself on which the kubelet decides.

/** The state of a container as the CRI names it. */
export type ContainerState = 'Created' | 'Running' | 'Exited' | 'Unknown'

/** One container that the runtime knows. Source: pkg/kubelet/container/runtime.go:Status. */
export interface RuntimeContainer {
  /** 64 hex digits; the API shows it behind `containerd://`. */
  readonly id: string
  readonly name: string
  /** How many instances of this name came before. */
  readonly attempt: number
  readonly state: ContainerState
  /** What the container was made from: see containerHash. */
  readonly hash: string
  /** The image as the runtime calls it, for example `docker.io/library/busybox:1.28`. */
  readonly image: string
  readonly imageId: string
  readonly createdAtMs: number
  /** 0 while the process has not been started. */
  readonly startedAtMs: number
  readonly finishedAtMs: number
  readonly exitCode: number
  /** Completed, Error, OOMKilled or StartError once it has exited. */
  readonly reason: string
  readonly message: string
  readonly user?: {
    readonly uid: number
    readonly gid: number
    readonly supplementalGroups: readonly number[]
  }
}

/** One sandbox (pause container and network) of a pod. */
export interface RuntimeSandbox {
  readonly id: string
  readonly attempt: number
  readonly isReady: boolean
  /** Empty on the host's network, and while there is none. */
  readonly ip: string
  readonly createdAtMs: number
}

/** Sandboxes and containers of one pod, newest first. Source: pkg/kubelet/container/runtime.go:PodStatus. */
export interface PodRuntimeStatus {
  readonly sandboxes: readonly RuntimeSandbox[]
  readonly containers: readonly RuntimeContainer[]
  /** The pod's address; kept when the sandbox has stopped (pleg/generic.go:getPodIPs). */
  readonly ip: string
}

/** A pod of which the runtime knows nothing. */
export const emptyRuntimeStatus: PodRuntimeStatus = { sandboxes: [], containers: [], ip: '' }

/** The newest container of that name. */
export function findRuntimeContainer(status: PodRuntimeStatus, name: string): RuntimeContainer | undefined {
  return status.containers.find((container) => container.name === name)
}

/** What makes a running container outdated when it changes: name and image (kuberuntime/helpers.go, kubecontainer.HashContainer). */
export function containerHash(container: { readonly name: string; readonly image?: string }): string {
  return `${container.name}@${container.image ?? ''}`
}
