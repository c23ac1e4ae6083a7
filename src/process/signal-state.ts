// What one process has arranged for its signals, and those that it catches and has not seen yet.

import type { Disposition, SignalName } from './signals.ts'

/** Dispositions and pending signals of a process. */
export class SignalState {
  #dispositions: Map<SignalName, Disposition> | undefined
  #pending: SignalName[] | undefined

  /** A new process inherits what is ignored (fork(2), execve(2)). */
  constructor(ignored: readonly SignalName[]) {
    for (const signal of ignored) this.set(signal, 'ignore')
  }

  /** KILL and STOP cannot be arranged. */
  set(signal: SignalName, disposition: Disposition): void {
    if (signal === 'KILL' || signal === 'STOP') return
    this.#dispositions ??= new Map()
    if (disposition === 'default') this.#dispositions.delete(signal)
    else this.#dispositions.set(signal, disposition)
  }

  get(signal: SignalName): Disposition {
    return this.#dispositions?.get(signal) ?? 'default'
  }

  get ignored(): readonly SignalName[] {
    if (!this.#dispositions) return []
    return [...this.#dispositions]
      .filter(([, disposition]) => disposition === 'ignore')
      .map(([signal]) => signal)
  }

  /** Keeps a caught signal until the program takes it; the same signal twice is one signal. */
  add(signal: SignalName): void {
    this.#pending ??= []
    if (!this.#pending.includes(signal)) this.#pending.push(signal)
  }

  get isPending(): boolean {
    return this.#pending !== undefined && this.#pending.length > 0
  }

  take(): SignalName | undefined {
    return this.#pending?.shift()
  }

  /** What was caught is as at the beginning again, for a new program. */
  resetForExec(): void {
    this.#pending = undefined
    const ignored = this.ignored
    this.#dispositions = undefined
    for (const signal of ignored) this.set(signal, 'ignore')
  }
}
