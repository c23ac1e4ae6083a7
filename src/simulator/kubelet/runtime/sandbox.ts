// One sandbox of a pod: the pause container, and the network that the pod's containers share.

import type { ProcessTable } from '../../../process/process-table.ts'
import type { HostPortMapping, SandboxNetwork } from '../../network/cluster-network.ts'
import type { RuntimeSandbox } from './pod-runtime-status.ts'

/** The pod that a sandbox belongs to, as the runtime's labels name it. */
export interface SandboxPod {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly hostname: string
  readonly hostNetwork: boolean
  /** All containers see each other's processes. */
  readonly sharesProcesses: boolean
  readonly hostPorts: readonly HostPortMapping[]
}

/** A sandbox that the runtime runs or has run. */
export class Sandbox {
  readonly id: string
  readonly pod: SandboxPod
  readonly attempt: number
  readonly createdAtMs: number
  readonly network: SandboxNetwork
  /** Where the pod shares one process namespace: all its processes, /pause first. */
  readonly processes: ProcessTable | undefined
  #isReady = true
  #stoppedAtMs = 0

  constructor(options: {
    readonly id: string
    readonly pod: SandboxPod
    readonly attempt: number
    readonly createdAtMs: number
    readonly network: SandboxNetwork
    readonly processes?: ProcessTable | undefined
  }) {
    this.id = options.id
    this.pod = options.pod
    this.attempt = options.attempt
    this.createdAtMs = options.createdAtMs
    this.network = options.network
    this.processes = options.processes
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get stoppedAtMs(): number {
    return this.#stoppedAtMs
  }

  /** Ends the pause container and the network; what runs in a shared process namespace ends with it. */
  stop(atMs: number): void {
    if (!this.#isReady) return
    this.#isReady = false
    this.#stoppedAtMs = atMs
    this.processes?.destroy()
    this.network.release()
  }

  snapshot(): RuntimeSandbox {
    const { id, attempt, createdAtMs } = this
    return { id, attempt, isReady: this.#isReady, ip: this.#isReady ? this.network.ip : '', createdAtMs }
  }
}
