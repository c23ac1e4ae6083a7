// Who ends before whom: sidecars wait for the regular containers, and for the sidecars behind them.

import { isSidecar } from '../../pod/containers.ts'
import type { Pod } from '../../pod/json.ts'
import type { Timers } from '../../time/clock.ts'
import { Gate, within, type Work } from './work.ts'

/** Source: pkg/kubelet/kuberuntime/kuberuntime_termination_order.go. */
export class TerminationOrder {
  readonly #timers: Timers
  readonly #gates = new Map<string, Gate>()
  /** For each container those that have to end before it. */
  readonly #before = new Map<string, readonly string[]>()

  constructor(timers: Timers, { spec }: Pod, runningNames: readonly string[]) {
    this.#timers = timers
    for (const name of runningNames) this.#gates.set(name, new Gate())
    const regular = (spec?.containers ?? []).map(({ name }) => name)
    const sidecars = (spec?.initContainers ?? []).filter(isSidecar).map(({ name }) => name)
    for (const [index, name] of sidecars.entries())
      this.#before.set(name, [...regular, ...sidecars.slice(index + 1)])
  }

  /** Waits until all that end before the container have ended, at most for its grace. Answers the whole seconds. */
  *turnOf(name: string, graceSeconds: number): Work<number> {
    const beganMs = this.#timers.now()
    const gates = (this.#before.get(name) ?? []).flatMap((other) => this.#gates.get(other) ?? [])
    for (const gate of gates) {
      const leftMs = beganMs + graceSeconds * 1_000 - this.#timers.now()
      if (!gate.isOpen && leftMs > 0) yield within(this.#timers, leftMs, gate.opened, () => {})
    }
    return Math.floor((this.#timers.now() - beganMs) / 1_000)
  }

  /** The container has ended. */
  ended(name: string): void {
    this.#gates.get(name)?.open()
  }
}
