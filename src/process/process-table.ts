// One PID namespace: the processes of a container (or of a Pod that shares it), their signals and their ends.

import type { Random } from '../time/random.ts'
import type { Timers } from '../time/clock.ts'
import { encode, isAscii } from './bytes.ts'
import { type Console, consoleOf } from './console.ts'
import { Descriptors } from './descriptors.ts'
import { mountDevices } from './devices.ts'
import { ExecError } from './exec-error.ts'
import { DEFAULT_PATH, findExecutable } from './executable.ts'
import type { FileSystem } from './files.ts'
import { MemoryGroup } from './memory.ts'
import type { Network } from './network.ts'
import { mountProc } from './proc.ts'
import type { Process, ProcessSpec } from './process.ts'
import type { SignalName } from './signals.ts'
import { SystemError } from './system-error.ts'
import { type Environment, type Origin, Task } from './task.ts'
import { root } from './user.ts'

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
  /** The process whose step is running: /proc/self. */
  current: Task | undefined
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
    const files = spec.files ?? this.surroundings.files
    mountDevices(files, this.surroundings)
    mountProc(files, this)
    const user = spec.user ?? root
    const env = encoded(spec.env)
    const cwd = directory(files, spec.cwd ?? '/')
    const argv = spec.argv.map(encode)
    const executable = findExecutable(
      { files, user, cwd, searchPath: env['PATH'] ?? DEFAULT_PATH },
      argv[0] ?? '',
    )
    const memory = spec.memory ?? this.memory
    const console = consoleOf(spec, this)
    const descriptors = Descriptors.of(console.streams)
    const own = {
      executable,
      argv: [...(executable.interpreter ?? argv.slice(0, 1)), ...argv.slice(1)],
      env,
      cwd,
      descriptors,
    }
    return this.start(
      { parent: undefined, ...own, user, umask: 0o022, files, memory, console, ignored: [] },
      0,
    )
  }

  /** Sends a signal from outside of the namespace; one to a process that has ended goes nowhere. */
  signal(pid: number, signal: SignalName): void {
    this.#tasks.get(pid)?.post(signal, true)
  }

  /** The processes that have not ended, by PID. */
  get processes(): readonly Process[] {
    return this.tasks.filter((task) => !task.exit)
  }

  /** Kills everything at once, as the end of a container does. */
  destroy(): void {
    for (const task of this.tasks) task.end(137, 'KILL')
  }

  // The kernel's side.

  /** All processes, ended ones that nobody has reaped included, by PID. */
  get tasks(): readonly Task[] {
    return [...this.#tasks.values()]
  }

  task(pid: number): Task | undefined {
    return this.#tasks.get(pid)
  }

  start(origin: Omit<Origin, 'table' | 'pid'>, delayMs: number): Task {
    const task = new Task({ table: this, pid: ++this.#lastPid, ...origin })
    this.#tasks.set(task.pid, task)
    task.memory.onExceeded ??= () => this.#killGroup(task.memory)
    task.begin(delayMs)
    return task
  }

  /** Nobody will ask for this process any more. */
  forget(task: Task): void {
    this.#tasks.delete(task.pid)
  }

  /** The end of PID 1 is the end of its namespace (zap_pid_ns_processes). */
  endAllBut(init: Task): void {
    for (const task of this.tasks) if (task !== init) task.end(137, 'KILL')
  }

  /** Gives the children of an ended process to PID 1. */
  orphan(parent: Task): void {
    const init = this.#tasks.get(1)
    for (const task of this.#tasks.values()) {
      if (task.parent !== parent) continue
      if (init && !init.exit && init !== parent) init.adopt(task)
      else {
        task.parent = undefined
        if (task.exit) this.forget(task)
      }
    }
  }

  isOutOfMemory(memory: MemoryGroup): boolean {
    return memory.hasExceeded
  }

  /** Whether a process waits for bytes that the owner of this console has to push. */
  isReading(console: Console | undefined): boolean {
    return (
      console !== undefined &&
      this.tasks.some((task) => task.console === console && task.waitsFor(console.readable))
    )
  }

  #killGroup(memory: MemoryGroup): void {
    for (const task of this.#tasks.values()) if (task.memory === memory) task.doom('KILL')
  }
}

function encoded(env: Readonly<Record<string, string>>): Environment {
  if (isAllAscii(env)) return env
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [encode(name), encode(value)]))
}

function isAllAscii(env: Readonly<Record<string, string>>): boolean {
  for (const name in env) if (!isAscii(name) || !isAscii(env[name] ?? '')) return false
  return true
}

function directory(files: FileSystem, cwd: string): string {
  try {
    if (files.node(encode(cwd)).kind === 'directory') return encode(cwd).replace(/(?<=.)\/+$/, '')
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
  }
  throw new ExecError('no such cwd', cwd)
}
