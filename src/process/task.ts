// A process from the inside: what its program can ask of the kernel.

import type { Bytes } from './bytes.ts'
import type { Console } from './console.ts'
import type { Descriptors } from './descriptors.ts'
import type { Action } from './effects.ts'
import { absolute, DEFAULT_PATH, type Executable, findExecutable, type Searcher } from './executable.ts'
import { type Executed, Execution } from './execution.ts'
import type { FileSystem } from './files.ts'
import type { MemoryGroup } from './memory.ts'
import { open, type OpenFlags } from './open.ts'
import type { Exit, Process } from './process.ts'
import type { ProcessTable } from './process-table.ts'
import { ProgramError } from './program-error.ts'
import type { Program } from './program.ts'
import { defaultAction, type Disposition, type SignalName, signalNumbers } from './signals.ts'
import { SignalState } from './signal-state.ts'
import { SystemError } from './system-error.ts'
import type { User } from './user.ts'
import { WaitQueue } from './wait-queue.ts'

/** Environment variables, in their order. */
export type Environment = Readonly<Record<string, Bytes>>

/** What a new process is made of. */
export interface Origin {
  readonly table: ProcessTable
  readonly pid: number
  /** Undefined for one that was spawned from outside. */
  readonly parent: Task | undefined
  readonly executable: Executable
  readonly argv: readonly Bytes[]
  readonly env: Environment
  readonly cwd: Bytes
  readonly descriptors: Descriptors
  readonly user: User
  readonly umask: number
  readonly files: FileSystem
  readonly memory: MemoryGroup
  readonly ignored: readonly SignalName[]
  /** What the owner pushes to, or the terminal that the process shares with those it starts. */
  readonly console: Console | undefined
}

/** What `fork` and `spawn` may give a child of its own; the rest is copied from the parent. */
export type Inheritance = Partial<Pick<Origin, 'argv' | 'env' | 'descriptors' | 'user'>>

/** Forking and loading a program take about this long, in milliseconds. */
const EXEC_MS = 1
const DEFAULT_RESIDENT_BYTES = 512 * 1024
/** What a process holds is held in JavaScript's strings, which end below 512 MiB: one that doubles must stop before. */
const LARGEST_PROCESS_BYTES = 256 * 1024 * 1024

/** A running process. Programs get it as their only argument; owners see it as a `Process`. */
export class Task implements Process, Executed {
  readonly table: ProcessTable
  readonly pid: number
  readonly descriptors: Descriptors
  readonly user: User
  readonly files: FileSystem
  readonly memory: MemoryGroup
  readonly startedAtMs: number
  readonly signals: SignalState
  readonly execution: Execution
  readonly console: Console | undefined
  /** Woken when a child has ended. */
  readonly childEnded = new WaitQueue()
  parent: Task | undefined
  processGroup: number
  argv: readonly Bytes[]
  env: Environment
  cwd: Bytes
  umask: number
  #executable: Executable
  #replacement: Executable | undefined
  #residentBytes = 0
  #fatal: SignalName | undefined
  #endedChildren: Task[] = []
  #exit: Exit | undefined
  #listeners: ((exit: Exit) => void)[] | undefined

  constructor(origin: Origin) {
    this.table = origin.table
    this.pid = origin.pid
    this.parent = origin.parent
    this.processGroup = origin.parent?.processGroup ?? origin.pid
    this.descriptors = origin.descriptors
    this.argv = origin.argv
    this.env = origin.env
    this.cwd = origin.cwd
    this.user = origin.user
    this.umask = origin.umask
    this.files = origin.files
    this.memory = origin.memory
    this.startedAtMs = origin.table.surroundings.timers.now()
    this.console = origin.console
    this.signals = new SignalState(origin.ignored)
    this.execution = new Execution(origin.table.surroundings.timers, this)
    this.#executable = origin.executable
  }

  now(): number {
    return this.table.surroundings.timers.now()
  }

  get program(): Program {
    return this.#executable.program
  }

  /** A path from the root: relative ones start at the working directory. */
  path(name: Bytes): Bytes {
    return absolute(this.cwd, name)
  }

  /** Opens a file and answers its descriptor, the lowest that is free. @throws SystemError */
  open(name: Bytes, flags: OpenFlags): number {
    return this.descriptors.addFile(open(this, name, flags))
  }

  /** Takes memory, or gives it back. Beyond the group's limit the kernel kills: then this call does not return. */
  allocate(bytes: number): void {
    this.#residentBytes += bytes
    this.memory.allocate(bytes)
    if (this.#residentBytes > LARGEST_PROCESS_BYTES) this.memory.exceed()
    this.survive()
  }

  /** What every call does before it returns: a process that was killed in the middle of a step goes no further. */
  survive(): void {
    if (this.#fatal && this.execution.isRunning) throw new Killed()
  }

  get residentBytes(): number {
    return this.#residentBytes
  }

  /** Arranges how a signal is met. */
  dispose(signal: SignalName, disposition: Disposition): void {
    this.signals.set(signal, disposition)
  }

  /** The executable that a command means, by the PATH of `env`. @throws ExecError */
  find(command: Bytes, searchPath: Bytes = this.env['PATH'] ?? DEFAULT_PATH): Executable {
    return findExecutable(this.searcher(searchPath), command)
  }

  searcher(searchPath: Bytes): Searcher {
    const { files, user, cwd } = this
    return { files, user, cwd, searchPath }
  }

  /** A child that runs `program` at once, as a copy of this process would (a subshell). */
  fork(program: Program, own: Inheritance = {}): Task {
    return this.#child({ program }, own, 0)
  }

  /** A child that runs another executable. */
  spawn(executable: Executable, own: Inheritance & { readonly argv: readonly Bytes[] }): Task {
    return this.#child(executable, { ...own, argv: commandLine(executable, own.argv) }, EXEC_MS)
  }

  /**
   * Replaces the program: the process goes on with `executable` once the present program has returned, and what that
   * answers is not looked at. Caught signals are as at the beginning; ignored ones stay so.
   */
  exec(executable: Executable, argv: readonly Bytes[], env: Environment): void {
    this.#replacement = executable
    this.argv = commandLine(executable, argv)
    this.env = env
  }

  /** Takes the record of a child that has ended: of `pid`, or of the first one. */
  reap(pid?: number): Task | undefined {
    const index = this.#endedChildren.findIndex((task) => pid === undefined || task.pid === pid)
    if (index < 0) return undefined
    const [ended] = this.#endedChildren.splice(index, 1)
    if (ended) this.table.forget(ended)
    return ended
  }

  get exit(): Exit | undefined {
    return this.#exit
  }

  onExit(listener: (exit: Exit) => void): void {
    if (this.#exit) listener(this.#exit)
    else (this.#listeners ??= []).push(listener)
  }

  get isReadingStdin(): boolean {
    return !this.#exit && this.table.isReading(this.console)
  }

  get isSleeping(): boolean {
    return !this.#exit && !this.table.isReading(this.console)
  }

  /** Whether the process is suspended until this queue wakes it. */
  waitsFor(queue: WaitQueue): boolean {
    const { effect } = this.execution
    return effect?.effect === 'wait' && effect.queues.includes(queue)
  }

  /** One letter, as ps prints it. */
  get state(): 'R' | 'S' | 'T' | 'Z' {
    if (this.#exit) return 'Z'
    if (this.execution.isStopped) return 'T'
    return this.execution.isRunning || this.execution.effect?.effect === 'compute' ? 'R' : 'S'
  }

  /** A signal arrives; `isFromOutside`: from outside of the PID namespace, where even PID 1 can be killed. */
  post(signal: SignalName, isFromOutside = false): void {
    if (this.#exit) return
    if (signal === 'CONT') this.execution.continue()
    const disposition = this.signals.get(signal)
    if (disposition === 'ignore') return
    if (disposition === 'catch') {
      this.signals.add(signal)
      this.execution.interrupt()
      return
    }
    // The kernel drops signals to a namespace's init that it has no handler for (signal.c:sig_task_ignored).
    const isForced = isFromOutside && (signal === 'KILL' || signal === 'STOP')
    if (this.pid === 1 && !isForced) return
    const action = defaultAction(signal)
    if (action === 'terminate') this.doom(signal)
    if (action === 'stop') this.execution.stop()
  }

  /** Ends the process by a signal once the present step, its own or another's, is over. */
  doom(signal: SignalName): void {
    if (this.#fatal || this.#exit) return
    this.#fatal = signal
    if (this.execution.isRunning) return
    this.execution.withdraw()
    this.table.surroundings.timers.at(this.now(), () => this.end(128 + signalNumbers[signal], signal))
  }

  /** Ends the process now: descriptors close, children move to PID 1, the parent and the owner are told. */
  end(code: number, signal?: SignalName): void {
    if (this.#exit) return
    this.execution.abort()
    this.memory.allocate(-this.#residentBytes)
    this.descriptors.closeAll()
    if (this.pid === 1) this.table.endAllBut(this)
    const exit = {
      code,
      atMs: this.now(),
      isOutOfMemory: signal === 'KILL' && this.table.isOutOfMemory(this.memory),
    }
    this.#exit = signal ? { ...exit, signal } : exit
    this.table.orphan(this)
    if (this.parent && !this.parent.exit) this.parent.#collect(this)
    else this.table.forget(this)
    const listeners = this.#listeners ?? []
    this.#listeners = undefined
    for (const listener of listeners) listener(this.#exit)
  }

  /** Another process's child becomes this one's. */
  adopt(child: Task): void {
    child.parent = this
    if (child.exit) this.#collect(child)
  }

  /** Puts the first step in line. */
  begin(delayMs: number): void {
    this.execution.begin(this.#load(), delayMs)
  }

  // The kernel's side: what happens around a step.

  enter(): void {
    this.table.current = this
  }

  leave(): boolean {
    this.table.current = undefined
    if (this.#fatal) this.end(128 + signalNumbers[this.#fatal], this.#fatal)
    return this.#exit !== undefined
  }

  failed(error: unknown): number {
    // Whoever is killed says nothing (a program whose pipe is broken gets EPIPE and SIGPIPE).
    if (this.#fatal) return 0
    // As perror and exit do: a refused call that the program did not expect ends it with a message.
    if (!(error instanceof SystemError || error instanceof ProgramError)) throw error
    this.descriptors.get(2)?.stream.write(`${this.program.name}: ${error.message}\n`)
    return error instanceof ProgramError ? error.status : 1
  }

  returned(code: number): Action<number> | undefined {
    const replacement = this.#replacement
    if (!replacement || this.#fatal) {
      if (!this.#fatal) this.end(code & 255)
      return undefined
    }
    this.#replacement = undefined
    this.#executable = replacement
    this.signals.resetForExec()
    this.descriptors.closeForExec()
    return this.#load()
  }

  #load(): Action<number> {
    const { program } = this.#executable
    this.allocate((program.residentBytes ?? DEFAULT_RESIDENT_BYTES) - this.#residentBytes)
    return program.run(this)
  }

  #child(executable: Executable, own: Inheritance, delayMs: number): Task {
    const { argv, env, cwd, user, umask, files, memory, console } = this
    const descriptors = own.descriptors ?? this.descriptors.copy()
    const inherited = { argv, env, cwd, user, umask, files, memory, console, ignored: this.signals.ignored }
    return this.table.start({ parent: this, executable, ...inherited, ...own, descriptors }, delayMs)
  }

  #collect(child: Task): void {
    if (this.signals.get('CHLD') === 'ignore') {
      this.table.forget(child)
      return
    }
    this.#endedChildren.push(child)
    this.childEnded.wakeAll()
    this.post('CHLD')
  }
}

/** Unwinds a program that the kernel has killed in the middle of a step. */
class Killed extends Error {}

/** The arguments of a script's interpreter: itself, its own argument, the script, and what the script was given. */
function commandLine(executable: Executable, argv: readonly Bytes[]): readonly Bytes[] {
  return executable.interpreter ? [...executable.interpreter, ...argv.slice(1)] : argv
}
