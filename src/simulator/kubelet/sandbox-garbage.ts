// Old sandboxes of a pod: once a minute the kubelet removes those that hold nothing any more.

import type { Timer, Timers } from '../../time/clock.ts'
import type { ContainerRuntime } from './runtime/container-runtime.ts'

export interface SandboxGarbageOptions {
  readonly timers: Timers
  readonly runtime: ContainerRuntime
  /** From round to round; the rounds stand on a grid that begins when the kubelet does. */
  readonly periodMs: number
}

/**
 * The newest sandbox of a pod stays, and so does one whose dead containers are kept; rounds that would find nothing are
 * left out. Source: pkg/kubelet/kuberuntime/kuberuntime_gc.go:evictSandboxes.
 */
export class SandboxGarbage {
  readonly #options: SandboxGarbageOptions
  readonly #startedAtMs: number
  readonly #podUids = new Set<string>()
  #round: Timer | undefined

  constructor(options: SandboxGarbageOptions) {
    this.#options = options
    this.#startedAtMs = options.timers.now()
  }

  /** Something of the pod has ended or is gone: the next round looks at its sandboxes. */
  note(podUid: string): void {
    const { timers, runtime, periodMs } = this.#options
    if (runtime.sandboxes(podUid).length < 2) return
    this.#podUids.add(podUid)
    if (this.#round) return
    const rounds = Math.floor((timers.now() - this.#startedAtMs) / periodMs) + 1
    this.#round = timers.at(this.#startedAtMs + rounds * periodMs, () => this.#collect())
  }

  #collect(): void {
    const { runtime } = this.#options
    this.#round = undefined
    for (const uid of this.#podUids) {
      const holding = new Set(runtime.containers(uid).map(({ sandboxId }) => sandboxId))
      const [, ...older] = runtime.sandboxes(uid)
      for (const { id, isReady } of older) if (!isReady && !holding.has(id)) runtime.removeSandbox(uid, id)
    }
    this.#podUids.clear()
  }
}
