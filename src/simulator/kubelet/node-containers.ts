// The containers of a node as `docker ps -a` lists them, sandboxes too.

import type { Container } from './runtime/container.ts'
import type { ContainerRuntime } from './runtime/container-runtime.ts'
import type { Sandbox } from './runtime/sandbox.ts'

/** One line of the list; the structure is that of the cluster port's NodeContainer. */
export interface NodeContainer {
  /** 64 hexadecimal digits. */
  readonly id: string
  /** Entrypoint and arguments. */
  readonly command: readonly string[]
  /** `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`; the container of a sandbox is called `POD`. */
  readonly name: string
  readonly image: string
  readonly state: 'created' | 'running' | 'exited'
  readonly exitCode?: number
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
}

/** Newest first. Source of the names: cri-dockerd, naming.go. */
export function nodeContainers(runtime: ContainerRuntime, pauseImage: string): readonly NodeContainer[] {
  const all = runtime.podUids.flatMap((uid) => {
    const sandboxes = runtime.sandboxes(uid)
    const pod = sandboxes[0]?.pod
    if (!pod) return []
    const suffix = `${pod.name}_${pod.namespace}_${uid}`
    return [
      ...runtime.containers(uid).map((container) => containerLine(container, suffix)),
      ...sandboxes.map((sandbox) => sandboxLine(sandbox, suffix, pauseImage)),
    ]
  })
  return all.sort((a, b) => b.createdAtMs - a.createdAtMs)
}

function containerLine(container: Container, suffix: string): NodeContainer {
  const { id, name, attempt, imageId, state, exitCode, createdAtMs, startedAtMs, finishedAtMs } =
    container.snapshot()
  return {
    id,
    name: `k8s_${name}_${suffix}_${attempt}`,
    // The kubelet asks the runtime for an image by its id, and that is what the runtime lists.
    image: imageId.replace(/^.*sha256:/, '').slice(0, 12),
    command: container.config.argv,
    state: state === 'Created' ? 'created' : state === 'Running' ? 'running' : 'exited',
    createdAtMs,
    ...(startedAtMs > 0 ? { startedAtMs } : {}),
    ...(state === 'Exited' ? { exitCode, finishedAtMs } : {}),
  }
}

function sandboxLine(
  { id, attempt, createdAtMs, isReady, stoppedAtMs }: Sandbox,
  suffix: string,
  image: string,
): NodeContainer {
  const common = {
    id,
    command: ['/pause'],
    name: `k8s_POD_${suffix}_${attempt}`,
    image,
    createdAtMs,
    startedAtMs: createdAtMs,
  }
  return isReady
    ? { ...common, state: 'running' }
    : { ...common, state: 'exited', exitCode: 0, finishedAtMs: stoppedAtMs }
}
