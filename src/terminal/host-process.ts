// A program of the host that a terminal runs: what it writes is kept until somebody in cluster time takes it.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Bytes } from '../process/bytes.ts'
import { WaitQueue } from '../process/wait-queue.ts'
import { canTellQuiet, quietness } from '../time/quiet.ts'

/** What to start on the host. Nothing of the host's environment is passed on. */
export interface HostProgram {
  readonly file: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Whether the program gets a pipe to read from; else it reads /dev/null. */
  readonly hasStdin: boolean
}

/** Something that the program has written. */
export interface HostOutput {
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Bytes
}

/** How it ended. */
export interface HostExit {
  readonly code: number
}

/** A started program. `changed` is woken when it has written something or has ended. */
export class HostProcess {
  readonly changed = new WaitQueue()
  readonly hasStdin: boolean
  #child: ChildProcess
  #outputs: HostOutput[] = []
  #heldBytes = 0
  #exit: HostExit | undefined

  /** `onExit` is called once, when the program has ended and everything that it wrote is here. */
  constructor({ file, argv, env, cwd, hasStdin }: HostProgram, onExit: () => void) {
    this.hasStdin = hasStdin
    const stdin = hasStdin ? 'pipe' : 'ignore'
    this.#child = spawn(file, argv, { env, cwd, stdio: [stdin, 'pipe', 'pipe'] })
    for (const stream of ['stdout', 'stderr'] as const)
      this.#child[stream]?.on('data', (data: Buffer) => this.#output(stream, data))
    // A program that does not read what it is given is no error of ours.
    this.#child.stdin?.on('error', () => {})
    const end = (code: number) => {
      if (this.#exit) return
      this.#exit = { code }
      onExit()
      this.changed.wakeAll()
    }
    this.#child.on('error', (error) => {
      this.#output('stderr', Buffer.from(`${error.message}\n`))
      end(CANNOT_EXECUTE)
    })
    this.#child.on('close', (code, signal) => end(code ?? (signal ? KILLED : CANNOT_EXECUTE)))
  }

  /** How it ended; undefined while it runs. */
  get exit(): HostExit | undefined {
    return this.#exit
  }

  /** What it has written since this was asked last, in the order in which it arrived. */
  takeOutputs(): readonly HostOutput[] {
    this.#heldBytes = 0
    for (const pipe of [this.#child.stdout, this.#child.stderr]) pipe?.resume()
    return this.#outputs.splice(0)
  }

  write(bytes: Bytes): void {
    this.#child.stdin?.write(Buffer.from(bytes, 'latin1'))
  }

  endStdin(): void {
    this.#child.stdin?.end()
  }

  kill(signal: 'SIGINT' | 'SIGKILL' | 'SIGTERM'): void {
    this.#child.kill(signal)
  }

  /** Whether it waits for nothing but its connections; undefined where the host cannot tell. */
  get isQuiet(): (() => boolean) | undefined {
    const { pid } = this.#child
    return pid !== undefined && canTellQuiet ? quietness(pid) : undefined
  }

  #output(stream: HostOutput['stream'], data: Buffer): void {
    this.#outputs.push({ stream, bytes: data.toString('latin1') })
    this.#heldBytes += data.length
    if (this.#heldBytes > MOST_HELD_BYTES) this.#child[stream]?.pause()
    this.changed.wakeAll()
  }
}

/** A program that writes faster than it is read has to wait, as at any pipe. */
const MOST_HELD_BYTES = 1_000_000

/** What a shell answers for a file that cannot be executed, and for a program that a signal has ended. */
const CANNOT_EXECUTE = 126
const KILLED = 130
