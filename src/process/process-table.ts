// One PID namespace: the processes of a container (or of a Pod that shares it), their signals and their ends.

import type { Random } from '../time/random.ts'
import type { Timers } from '../time/clock.ts'
import type { FileSystem } from './files.ts'
import { MemoryGroup } from './memory.ts'
import type { Network } from './network.ts'
import type { Process, ProcessSpec } from './process.ts'
import type { SignalName } from './signals.ts'
import type { Task } from './task.ts'

/** What processes find around them. */
export interface Surroundings {
  readonly timers: Timers
  /** The root file system of processes that bring none of their own. Executables are files of it. */
  readonly files: FileSystem
  readonly network: Network
  readonly hostname: string
  readonly random: Random
  /** Left out: the memory that one node allows a process. */
  readonly memory?: MemoryGroup
}

/**
 * The processes of one PID namespace. The first that is spawned is PID 1: it ignores every signal for which it has no
 * handler, except KILL and STOP from outside, and when it ends the kernel kills all others. Those that are spawned
 * later (kubectl exec, probes, hooks) have a parent outside.
 */
export class ProcessTable {
  readonly surroundings: Surroundings
  readonly memory: MemoryGroup
  #tasks = new Map<number, Task>()
  #lastPid = 0

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    this.memory = surroundings.memory ?? new MemoryGroup()
  }

  /**
   * Starts a process. Its first step runs in an event of its own at this instant, so `onExit` and outputs can still be
   * connected. @throws ExecError
   */
  spawn(spec: ProcessSpec): Process {
    throw new Error(`not started: ${spec.argv[0]} (${this.#lastPid})`)
  }

  /** Sends a signal from outside of the namespace; one to a process that has ended goes nowhere. */
  signal(pid: number, signal: SignalName): void {
    void [pid, signal]
  }

  /** The processes that have not ended, by PID. */
  get processes(): readonly Process[] {
    return [...this.#tasks.values()]
  }

  /** Kills everything at once, as the end of a container does. */
  destroy(): void {}
}
