// The traps of a shell: what it does on signals and at its end.

import { type SignalName, signalNames } from '../signals.ts'
import type { Task } from '../task.ts'

/** A condition of `trap`: a signal, or the end of the shell. */
export type TrapName = SignalName | 'EXIT'

/** Actions by condition. '' ignores; a condition without an action has its default. */
export class Traps {
  #task: Task
  #actions = new Map<TrapName, string>()
  #remembered: SignalName[] = []

  /** A subshell begins with its parent's ignored signals; actions are its parent's alone. */
  constructor(task: Task, origin?: Traps) {
    this.#task = task
    for (const [name, action] of origin?.entries ?? []) if (action === '') this.#actions.set(name, action)
  }

  set(name: TrapName, action: string): void {
    this.#actions.set(name, action)
    if (name !== 'EXIT') this.#task.dispose(name, action === '' ? 'ignore' : 'catch')
  }

  reset(name: TrapName): void {
    this.#actions.delete(name)
    if (name !== 'EXIT') this.#task.dispose(name, 'default')
  }

  get(name: TrapName): string | undefined {
    return this.#actions.get(name)
  }

  /** In the order in which ash lists them: EXIT, then by number. */
  get entries(): readonly (readonly [TrapName, string])[] {
    return (['EXIT', ...signalNames] as const).flatMap((name) => {
      const action = this.#actions.get(name)
      return action === undefined ? [] : [[name, action] as const]
    })
  }

  /** Keeps a signal that interrupted an effect until its action can run. */
  remember(signal: SignalName): void {
    if (!this.#remembered.includes(signal)) this.#remembered.push(signal)
  }

  get hasPending(): boolean {
    return this.#remembered.length > 0 || this.#task.signals.isPending
  }

  /** The next signal whose action is to run. */
  take(): SignalName | undefined {
    return this.#remembered.shift() ?? this.#task.signals.take()
  }
}
