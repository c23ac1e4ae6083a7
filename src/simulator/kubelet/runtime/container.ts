// One container instance: its files, its processes, its log, and how it ended.

import type { Timers } from '../../../time/clock.ts'
import type { Random } from '../../../time/random.ts'
import { ExecError } from '../../../process/exec-error.ts'
import type { FileSystem } from '../../../process/files.ts'
import { MemoryGroup } from '../../../process/memory.ts'
import type { Network } from '../../../process/network.ts'
import { Pipe } from '../../../process/pipe.ts'
import { ProcessTable } from '../../../process/process-table.ts'
import type { Exit, Output, Process, ProcessSpec } from '../../../process/process.ts'
import type { SignalName } from '../../../process/signals.ts'
import type { User } from '../../../process/user.ts'
import { ContainerLog } from './container-log.ts'
import type { ContainerState, RuntimeContainer } from './pod-runtime-status.ts'
import { containerStartError, execStartError } from './start-error.ts'

/** Everything that the kubelet says when it has a container created. */
export interface ContainerConfig {
  readonly name: string
  readonly attempt: number
  readonly hash: string
  /** The image as the runtime calls it, and its id. */
  readonly image: string
  readonly imageId: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly user: User
  readonly files: FileSystem
  readonly stdin: boolean
  readonly stdinOnce: boolean
  readonly tty: boolean
  readonly stopSignal: SignalName
  readonly memoryLimitBytes?: number
  /** Reads the termination message when the container has ended. */
  readonly terminationMessage: (container: { readonly log: ContainerLog; readonly failed: boolean }) => string
}

/** What a container shares with its sandbox. */
export interface ContainerSurroundings {
  readonly sandboxId: string
  readonly timers: Timers
  readonly random: Random
  readonly network: Network
  readonly hostname: string
  /** The processes of the sandbox, where the pod shares one process namespace. */
  readonly sharedProcesses?: ProcessTable | undefined
}

/** A container that the runtime has created. */
export class Container {
  readonly id: string
  readonly config: ContainerConfig
  readonly sandboxId: string
  readonly createdAtMs: number
  readonly log = new ContainerLog()
  readonly #surroundings: ContainerSurroundings
  readonly #processes: ProcessTable
  readonly #memory: MemoryGroup
  #state: ContainerState = 'Created'
  #startedAtMs = 0
  #finishedAtMs = 0
  #exitCode = 0
  #reason = ''
  #message = ''
  #main: Process | undefined
  #stdin: Pipe | undefined
  #attached: Set<{ readonly stdout: Output; readonly stderr: Output }> | undefined

  constructor(id: string, config: ContainerConfig, surroundings: ContainerSurroundings) {
    this.id = id
    this.config = config
    this.sandboxId = surroundings.sandboxId
    this.#surroundings = surroundings
    this.createdAtMs = surroundings.timers.now()
    this.#memory = new MemoryGroup(config.memoryLimitBytes)
    const { timers, random, network, hostname } = surroundings
    this.#processes =
      surroundings.sharedProcesses ??
      new ProcessTable({ timers, random, network, hostname, files: config.files, memory: this.#memory })
  }

  get state(): ContainerState {
    return this.#state
  }

  /** Where `kubectl attach -i` writes. */
  get stdin(): Pipe | undefined {
    return this.#stdin
  }

  /** The container's first process, once started. */
  get main(): Process | undefined {
    return this.#main
  }

  /** Starts the container's process; `ended` is called when it has ended. @throws RuntimeError */
  start(ended: (exit: Exit) => void): void {
    const { argv, env, cwd, user, tty } = this.config
    if (this.config.stdin) this.#stdin = new Pipe()
    const spec: ProcessSpec = {
      argv,
      env,
      cwd,
      user,
      tty,
      ...(this.#stdin ? { stdin: this.#stdin } : {}),
      ...this.#ofContainer(),
      stdout: (bytes, atMs) => this.#write('stdout', bytes, atMs),
      stderr: (bytes, atMs) => this.#write('stderr', bytes, atMs),
    }
    const { timers } = this.#surroundings
    try {
      this.#main = this.#processes.spawn(spec)
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      const failure = containerStartError(error)
      this.#end({ finishedAtMs: timers.now(), exitCode: 128, reason: 'StartError', message: failure.message })
      throw failure
    }
    this.#state = 'Running'
    this.#startedAtMs = timers.now()
    this.#main.onExit((exit) => {
      // Whoever is left of a container's processes goes with the first one.
      if (!this.#surroundings.sharedProcesses) this.#processes.destroy()
      this.log.close(exit.atMs)
      ended(exit)
    })
  }

  /** The runtime has learned of the end. */
  settle(exit: Exit): void {
    if (this.#state === 'Exited') return
    const failed = exit.code !== 0
    const reason = exit.isOutOfMemory ? 'OOMKilled' : failed ? 'Error' : 'Completed'
    const message = this.config.terminationMessage({ log: this.log, failed: failed || exit.isOutOfMemory })
    this.#end({ finishedAtMs: exit.atMs, exitCode: exit.code, reason, message })
  }

  /** Signals the container's first process. */
  signal(signal: SignalName): void {
    if (this.#main && !this.#main.exit) this.#processes.signal(this.#main.pid, signal)
  }

  /** Ends one process of the container. */
  kill(process: Process): void {
    this.#processes.signal(process.pid, 'KILL')
  }

  /** The terminal of one process is gone. */
  hangUp(process: Process): void {
    this.#processes.signal(process.pid, 'HUP')
  }

  /** Starts another process in the container. @throws RuntimeError */
  exec(spec: Pick<ProcessSpec, 'argv' | 'stdin' | 'stdout' | 'stderr' | 'tty'>): Process {
    const { env, cwd, user } = this.config
    try {
      return this.#processes.spawn({
        ...spec,
        env: spec.tty ? { ...env, TERM: 'xterm' } : env,
        cwd,
        user,
        ...this.#ofContainer(),
      })
    } catch (error) {
      throw error instanceof ExecError ? execStartError(this.id, error) : error
    }
  }

  /** Copies what the container writes from now on. Answers how to stop. */
  attach(output: { readonly stdout: Output; readonly stderr: Output }): () => void {
    this.#attached ??= new Set()
    this.#attached.add(output)
    return () => this.#attached?.delete(output)
  }

  /** What the runtime reports. */
  snapshot(): RuntimeContainer {
    const { name, attempt, hash, image, imageId, user } = this.config
    return {
      id: this.id,
      name,
      attempt,
      state: this.#state,
      hash,
      image,
      imageId,
      createdAtMs: this.createdAtMs,
      startedAtMs: this.#startedAtMs,
      finishedAtMs: this.#finishedAtMs,
      exitCode: this.#exitCode,
      reason: this.#reason,
      message: this.#message,
      user: { uid: user.uid, gid: user.gid, supplementalGroups: user.groups },
    }
  }

  /** Processes that share a namespace bring files and memory of their own. */
  #ofContainer(): Partial<ProcessSpec> {
    return this.#surroundings.sharedProcesses ? { files: this.config.files, memory: this.#memory } : {}
  }

  #write(stream: 'stdout' | 'stderr', bytes: string, atMs: number): void {
    this.log.write(stream, bytes, atMs)
    for (const output of this.#attached ?? []) output[stream](bytes, atMs)
  }

  #end(end: { finishedAtMs: number; exitCode: number; reason: string; message: string }): void {
    this.#state = 'Exited'
    this.#finishedAtMs = end.finishedAtMs
    this.#exitCode = end.exitCode
    this.#reason = end.reason
    this.#message = end.message
  }
}
