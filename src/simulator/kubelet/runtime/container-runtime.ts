// The container runtime of a node: it outlives the kubelet, and does what the kubelet asks over CRI.

import type { Timers } from '../../../time/clock.ts'
import type { Random } from '../../../time/random.ts'
import { FileSystem } from '../../../process/files.ts'
import { ProcessTable } from '../../../process/process-table.ts'
import type { Exit } from '../../../process/process.ts'
import type { Image } from '../../images/image.ts'
import type { SandboxNetwork } from '../../network/cluster-network.ts'
import { draw, type Latency, type Timing } from '../../timing.ts'
import { after, Gate, type Wait, type Work } from '../work.ts'
import { Container, type ContainerConfig } from './container.ts'
import { emptyRuntimeStatus, type PodRuntimeStatus } from './pod-runtime-status.ts'
import { Sandbox, type SandboxPod } from './sandbox.ts'

/** What a runtime needs of its node. */
export interface RuntimeOptions {
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  /** Gives a sandbox its network. @throws Error with the plugin's words */
  readonly attachNetwork: (pod: SandboxPod) => SandboxNetwork
  /** The image of the pause container. */
  readonly pause: Image
}

interface PodRecord {
  /** Newest first. */
  readonly sandboxes: Sandbox[]
  readonly containers: Container[]
  /** How many instances a container has had, from the names of its log files. */
  readonly attempts: Map<string, number>
  status: PodRuntimeStatus | undefined
}

/** All sandboxes and containers of a node. Every operation takes its time on the node's clock. */
export class ContainerRuntime {
  readonly #options: RuntimeOptions
  readonly #random: Random
  readonly #pods = new Map<string, PodRecord>()
  readonly #exits = new Map<string, Gate>()
  /** Called when something of a pod has changed that a relist would see. */
  onChange: (podUid: string) => void = () => {}

  constructor(options: RuntimeOptions) {
    this.#options = options
    this.#random = options.random.fork('runtime')
  }

  get #timers(): Timers {
    return this.#options.timers
  }

  /** Waits for as long as such a step takes on this node. */
  takes(latency: keyof { [K in keyof Timing as Timing[K] extends Latency ? K : never]: Timing[K] }): Wait {
    return after(this.#timers, draw(this.#options.timing[latency], this.#random))
  }

  /** The uids of all pods that the runtime knows. */
  get podUids(): readonly string[] {
    return [...this.#pods.keys()]
  }

  /** The state of a pod. */
  status(podUid: string): PodRuntimeStatus {
    const record = this.#pods.get(podUid)
    if (!record) return emptyRuntimeStatus
    record.status ??= {
      sandboxes: record.sandboxes.map((sandbox) => sandbox.snapshot()),
      containers: record.containers.map((container) => container.snapshot()),
      ip: record.sandboxes.find(({ isReady }) => isReady)?.network.ip ?? '',
    }
    return record.status
  }

  /** The newest sandbox of a pod. */
  sandbox(podUid: string): Sandbox | undefined {
    return this.#pods.get(podUid)?.sandboxes[0]
  }

  /** All sandboxes of a pod, newest first. */
  sandboxes(podUid: string): readonly Sandbox[] {
    return this.#pods.get(podUid)?.sandboxes ?? []
  }

  /** All containers of a pod, newest first. */
  containers(podUid: string): readonly Container[] {
    return this.#pods.get(podUid)?.containers ?? []
  }

  container(podUid: string, id: string): Container | undefined {
    return this.containers(podUid).find((container) => container.id === id)
  }

  /** How many instances of the container there have been, also of ones that were removed. */
  attempts(podUid: string, name: string): number {
    return this.#pods.get(podUid)?.attempts.get(name) ?? 0
  }

  /** Runs a sandbox. @throws Error in the words of the network plugin */
  *runSandbox(pod: SandboxPod, attempt: number): Work<Sandbox> {
    yield this.takes('sandboxCreateMs')
    const network = this.#options.attachNetwork(pod)
    const id = this.#random.hex64()
    const createdAtMs = this.#timers.now()
    const sandbox = new Sandbox({
      id,
      pod,
      attempt,
      createdAtMs,
      network,
      processes: this.#sharedProcesses(pod, network),
    })
    this.#record(pod.uid).sandboxes.unshift(sandbox)
    this.#changed(pod.uid)
    return sandbox
  }

  /** One process namespace for the whole pod, in which the pause container is PID 1. */
  #sharedProcesses(pod: SandboxPod, { network }: SandboxNetwork): ProcessTable | undefined {
    if (!pod.sharesProcesses) return undefined
    const { timers, pause } = this.#options
    const files = new FileSystem({ timers, layer: pause.files() })
    const random = this.#random.fork(`${pod.uid}/pause`)
    const processes = new ProcessTable({ timers, files, network, random, hostname: pod.hostname })
    processes.spawn({ argv: pause.entrypoint ?? ['/pause'], env: pause.env })
    return processes
  }

  /** Stops a sandbox, and every container that still runs in it. */
  *stopSandbox(podUid: string, id: string): Work {
    const sandbox = this.sandboxes(podUid).find((one) => one.id === id)
    if (!sandbox?.isReady) return
    yield this.takes('sandboxStopMs')
    for (const container of this.containers(podUid)) container.signal('KILL')
    sandbox.stop(this.#timers.now())
    this.#changed(podUid)
  }

  /** The pause container dies, as if somebody had killed it; the pod's containers run on. */
  killSandbox(podUid: string): void {
    const sandbox = this.sandbox(podUid)
    sandbox?.stop(this.#timers.now())
    this.#changed(podUid)
  }

  /** Creates a container; it does not run yet. */
  *createContainer(sandbox: Sandbox, config: ContainerConfig): Work<Container> {
    yield this.takes('containerCreateMs')
    const { uid, hostname } = sandbox.pod
    const container = new Container(this.#random.hex64(), config, {
      sandboxId: sandbox.id,
      timers: this.#timers,
      random: this.#random.fork(`${uid}/${config.name}/${config.attempt}`),
      network: sandbox.network.network,
      hostname,
      sharedProcesses: sandbox.processes,
    })
    const record = this.#record(uid)
    record.containers.unshift(container)
    record.attempts.set(config.name, config.attempt + 1)
    this.#changed(uid)
    return container
  }

  /** Starts a created container. @throws RuntimeError */
  *startContainer(podUid: string, container: Container): Work {
    yield this.takes('containerStartMs')
    try {
      container.start((exit) => this.#ended(podUid, container, exit))
      this.#exits.set(container.id, new Gate())
    } finally {
      this.#changed(podUid)
    }
    yield this.takes('containerStartedMs')
  }

  /** Sends the stop signal, after the grace KILL, and waits for the end. */
  *stopContainer(container: Container, graceMs: number): Work {
    const gate = this.#exits.get(container.id)
    if (!gate || gate.isOpen || container.state !== 'Running') return
    yield this.takes('signalMs')
    container.signal(container.config.stopSignal)
    const kill = this.#timers.at(this.#timers.now() + graceMs, () => container.signal('KILL'))
    yield gate.opened
    kill.cancel()
  }

  /** Forgets a container that does not run. */
  removeContainer(podUid: string, id: string): void {
    const record = this.#pods.get(podUid)
    const index = record?.containers.findIndex((container) => container.id === id) ?? -1
    if (!record || index < 0) return
    record.containers.splice(index, 1)
    this.#exits.delete(id)
    this.#changed(podUid)
  }

  /** Forgets a sandbox that is not ready. */
  removeSandbox(podUid: string, id: string): void {
    const record = this.#pods.get(podUid)
    const index = record?.sandboxes.findIndex((sandbox) => sandbox.id === id) ?? -1
    if (record && index >= 0) record.sandboxes.splice(index, 1)
    if (record?.sandboxes.length === 0 && record.containers.length === 0) this.#pods.delete(podUid)
    this.#changed(podUid)
  }

  #ended(podUid: string, container: Container, exit: Exit): void {
    const delayMs = draw(this.#options.timing.containerExitMs, this.#random)
    this.#timers.at(exit.atMs + delayMs, () => {
      container.settle(exit)
      this.#changed(podUid)
      this.#exits.get(container.id)?.open()
    })
  }

  #changed(podUid: string): void {
    const record = this.#pods.get(podUid)
    if (record) record.status = undefined
    this.onChange(podUid)
  }

  #record(podUid: string): PodRecord {
    let record = this.#pods.get(podUid)
    if (!record) {
      record = { sandboxes: [], containers: [], attempts: new Map(), status: undefined }
      this.#pods.set(podUid, record)
    }
    return record
  }
}
