// A worker node: the container runtime and the host, which stay, and the kubelet, which can be stopped.

import { FileSystem } from '../../process/files.ts'
import type { Random } from '../../time/random.ts'
import type { Timers } from '../../time/clock.ts'
import type { Pod } from '../../pod/json.ts'
import { imageName, type Image } from '../images/image.ts'
import { ImageRegistry } from '../images/image-registry.ts'
import { images as allImages } from '../images/images.ts'
import { sandboxImage } from '../images/pause.ts'
import { node as nodeKind } from '../kinds/node.ts'
import type { ClusterNetwork } from '../network/cluster-network.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'
import { ImageStore } from './image-store.ts'
import { Journal } from './journal.ts'
import { Kubelet } from './kubelet.ts'
import { type NodeContainer, nodeContainers } from './node-containers.ts'
import { type NodeStep, observedRules } from './observed-rules.ts'
import type { KubeletRules, NodeFacts } from './parts.ts'
import { kubernetesRules } from './rules.ts'
import type { LogLine } from './runtime/container-log.ts'
import { ContainerRuntime } from './runtime/container-runtime.ts'
import { attachStream, execStream, runningContainer, type StreamOptions } from './streams/exec.ts'
import { containerLogs, type LogOptions } from './streams/logs.ts'
import { portForward } from './streams/port-forward.ts'
import type { PodVolumes } from './volumes/pod-volumes.ts'

/** What a node is made of. It has joined `network`, and its Node object is in the registry. */
export interface WorkerNodeOptions {
  readonly name: string
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  readonly network: ClusterNetwork
  /** Images that can be pulled; all that there are, unless told. */
  readonly images?: readonly Image[] | undefined
  /** Images that lie on the node already; all that can be pulled, unless told. */
  readonly presentImages?: readonly Image[] | undefined
  readonly rules?: KubeletRules | undefined
}

/** Where the API server's proxies for logs, exec, attach and port-forward find the node's answers. */
const CLUSTER_DNS = '10.96.0.10'
const CLUSTER_DOMAIN = 'cluster.local'
const DEFAULT_MAX_PODS = 110

/** A node and its switches. */
export class WorkerNode {
  readonly name: string
  /** What the kubelet logs. */
  readonly journal: Journal
  readonly #options: WorkerNodeOptions
  readonly #runtime: ContainerRuntime
  readonly #imageStore: ImageStore
  readonly #imageRegistry: ImageRegistry
  readonly #volumes = new Map<string, PodVolumes>()
  readonly #hostFiles: FileSystem
  readonly #watchers = new Set<(step: NodeStep) => void>()
  readonly #rules: KubeletRules
  #kubelet: Kubelet | undefined
  #last: Kubelet | undefined

  constructor(options: WorkerNodeOptions) {
    const { name, timers, timing, network, images = allImages } = options
    const random = options.random.fork(`node/${name}`)
    this.name = name
    this.journal = new Journal(timers)
    this.#options = { ...options, random }
    this.#rules = observedRules(options.rules ?? kubernetesRules, (step) => {
      for (const watcher of this.#watchers) watcher(step)
    })
    this.#hostFiles = new FileSystem({ timers })
    this.#imageRegistry = new ImageRegistry(images)
    this.#imageStore = new ImageStore(options.presentImages ?? images)
    this.#runtime = new ContainerRuntime({
      timers,
      random,
      timing,
      pause: sandboxImage,
      attachNetwork: ({ hostNetwork, hostPorts }) =>
        hostNetwork
          ? { ip: '', network: network.hostNetwork(name), release: () => {} }
          : network.attach(name, hostPorts),
    })
    this.startKubelet()
  }

  /** Whether the kubelet answers. */
  get isKubeletRunning(): boolean {
    return this.#kubelet !== undefined
  }

  /** `systemctl stop kubelet`: containers go on, nobody looks after them. */
  stopKubelet(): void {
    this.#kubelet?.stop()
    this.#kubelet = undefined
  }

  startKubelet(): void {
    if (this.#kubelet) return
    const { registry, timers, random, timing } = this.#options
    this.#kubelet = this.#last = new Kubelet({
      node: this.#facts(),
      registry,
      timers,
      random,
      timing,
      rules: this.#rules,
      runtime: this.#runtime,
      imageStore: this.#imageStore,
      imageRegistry: this.#imageRegistry,
      volumes: this.#volumes,
      hostFiles: this.#hostFiles,
      journal: this.journal,
    })
  }

  /** Stops the kubelet, and starts it again after `downMs`. */
  restartKubelet(downMs: number): void {
    const { timers } = this.#options
    this.stopKubelet()
    timers.at(timers.now() + downMs, () => this.startKubelet())
  }

  /** Kills the pause container of a pod behind the kubelet's back. */
  killSandbox(podUid: string): void {
    this.#runtime.killSandbox(podUid)
  }

  /** Removes the instances of a container that have exited, behind the kubelet's back. */
  removeExited(podUid: string, name: string): void {
    const exited = this.#runtime
      .status(podUid)
      .containers.filter((container) => container.name === name && container.state === 'Exited')
    for (const { id } of exited) this.#runtime.removeContainer(podUid, id)
  }

  /** Calls `onStep` for what the node does with containers from now on. Answers how to stop. */
  watch(onStep: (step: NodeStep) => void): () => void {
    this.#watchers.add(onStep)
    return () => this.#watchers.delete(onStep)
  }

  /** The containers on the node, newest first, as `docker ps -a` lists them. */
  containers(): readonly NodeContainer[] {
    return nodeContainers(this.#runtime, imageName(sandboxImage))
  }

  /** The log files of a container's instances that are still there, oldest first, as the node keeps them. */
  log(podUid: string, container: string): readonly LogLine[] {
    const instances = this.#runtime.containers(podUid).filter(({ config }) => config.name === container)
    return instances.toSorted((a, b) => a.createdAtMs - b.createdAtMs).flatMap(({ log }) => log.lines)
  }

  /** Logs, exec, attach and port-forward of the pods on this node; the API server's NodeStreams. */
  readonly streams = {
    logs: (pod: Pod, container: string, options: LogOptions) =>
      containerLogs(this.#parts, pod, container, options),
    exec: (pod: Pod, container: string, options: StreamOptions & { readonly command: readonly string[] }) =>
      execStream(this.#parts, runningContainer(this.#parts, pod, container), options.command, options),
    attach: (pod: Pod, container: string, options: StreamOptions) =>
      attachStream(runningContainer(this.#parts, pod, container), options),
    portForward: (pod: Pod, _ports: readonly number[]) => portForward(this.#parts, pod.metadata?.uid ?? ''),
  }

  get #parts() {
    const kubelet = this.#kubelet ?? this.#last
    if (!kubelet) throw new Error(`the kubelet of ${this.name} was never started`)
    return kubelet.parts
  }

  #facts(): NodeFacts {
    const { name, registry, network } = this.#options
    const node = registry.get(nodeKind, { name })
    const hostIP = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? ''
    return {
      name,
      hostIP,
      clusterDns: CLUSTER_DNS,
      clusterDomain: CLUSTER_DOMAIN,
      network: network.hostNetwork(name),
      files: this.#hostFiles,
      maxPods: Number(node.status?.allocatable?.['pods'] ?? DEFAULT_MAX_PODS),
    }
  }
}
