// The state of one shell: what its commands read and change.

import type { Function as FunctionNode } from 'unbash'
import type { Bytes } from '../bytes.ts'
import { put } from '../io.ts'
import type { SignalName } from '../signals.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { Traps } from './traps.ts'
import { Variables } from './variables.ts'

/** `ash` is busybox's POSIX shell; `bash` adds arrays, arithmetic commands and brace expansion. */
export type Dialect = 'ash' | 'bash'

/** The options of `set`, by their long names. */
export interface Options {
  errexit: boolean
  nounset: boolean
  xtrace: boolean
  pipefail: boolean
  noglob: boolean
  noclobber: boolean
  allexport: boolean
  noexec: boolean
  verbose: boolean
}

/** Leaving the normal order of commands: loops, functions and lists look for it after each command. */
export type Jump =
  | { readonly kind: 'break' | 'continue'; levels: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'exit' }

/** A command that cannot go on: its text is printed, and a shell that is not interactive ends with `status`. */
export class ShellError extends Error {
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.name = 'ShellError'
    this.status = status
  }
}

/** A background job, or the last process of one. */
export interface Job {
  readonly pid: number
  readonly pids: readonly number[]
  /** The exit status, once the process has been reaped. */
  status: number | undefined
}

/** One shell, or one of its subshells. */
export class Shell {
  readonly task: Task
  readonly dialect: Dialect
  readonly variables: Variables
  readonly traps: Traps
  readonly functions: Map<string, FunctionNode>
  readonly jobs: Job[] = []
  readonly options: Options
  readonly aliases = new Map<string, string>()
  /** $0, and what messages begin with. */
  name: Bytes
  /** $1, $2 and so on. */
  positional: readonly Bytes[] = []
  /** $? */
  status = 0
  /** $$: the PID of the shell, in its subshells too. */
  rootPid: number
  isSubshell = false
  isInteractive = false
  /** Whether the only command of `-c` may replace the shell (bash). */
  becomesLastCommand = false
  lastBackgroundPid: number | undefined
  jump: Jump | undefined
  loopDepth = 0
  /** The status of the last command substitution of the present command. */
  substitutionStatus: number | undefined
  /** Whether `exec` has replaced the shell: it only has to return. */
  isReplaced = false
  /** Greater than 0 where a failure is a condition, so that `set -e` does not end the shell. */
  conditionDepth = 0
  /** How deep functions and sourced files are nested: `return` is allowed there. */
  returnDepth = 0
  /** Position of getopts within a word of several options. */
  optionOffset = 0

  constructor(task: Task, dialect: Dialect, origin?: Shell) {
    this.task = task
    this.dialect = dialect
    this.name = origin?.name ?? task.argv[0] ?? 'sh'
    this.rootPid = origin?.rootPid ?? task.pid
    const allocate = (bytes: number) => task.allocate(bytes)
    this.variables = origin?.variables.copy(allocate) ?? new Variables(task.env, allocate)
    this.functions = new Map(origin?.functions)
    this.options = origin ? { ...origin.options } : noOptions()
    this.traps = new Traps(task, origin?.traps)
    if (origin) this.#continueFrom(origin)
  }

  #continueFrom(origin: Shell): void {
    this.isSubshell = true
    this.positional = origin.positional
    this.status = origin.status
    this.lastBackgroundPid = origin.lastBackgroundPid
    this.conditionDepth = origin.conditionDepth
    this.returnDepth = origin.returnDepth
    this.loopDepth = origin.loopDepth
  }

  /** Prints `NAME: text` on standard error, as ash does. */
  complain(text: string): void {
    try {
      put(this.task, 2, `${this.name}: ${text}\n`)
    } catch (error) {
      // Standard error may be closed: then nobody is told, as with any program.
      if (!(error instanceof SystemError)) throw error
    }
  }

  /** Remembers a signal that came while the shell waited: its trap runs after the present command. */
  catch(signal: SignalName): void {
    this.traps.remember(signal)
  }

  /** Takes the records of all children that have ended. */
  reapChildren(): void {
    for (let child = this.task.reap(); child; child = this.task.reap()) {
      const { pid, exit } = child
      this.#ended.set(pid, exit?.code ?? 0)
      this.#lastKilled = exit?.signal ? pid : undefined
      for (const job of this.jobs) if (job.pid === pid) job.status = exit?.code ?? 0
    }
  }

  /** Exit statuses of children that were reaped and not asked for yet. */
  #ended = new Map<number, number>()

  /** Jobs that have ended and were asked for are no jobs any more. */
  forgetEndedJobs(): void {
    for (let i = this.jobs.length - 1; i >= 0; i--)
      if (this.jobs[i]?.status !== undefined) this.jobs.splice(i, 1)
  }

  #lastKilled: number | undefined

  /** Whether the child that was reaped last was killed by a signal. */
  wasKilled(pid: number): boolean {
    return this.#lastKilled === pid
  }

  /** The exit status of a child that has ended, once. */
  takeStatus(pid: number): number | undefined {
    const status = this.#ended.get(pid)
    this.#ended.delete(pid)
    return status
  }
}

function noOptions(): Options {
  return {
    errexit: false,
    nounset: false,
    xtrace: false,
    pipefail: false,
    noglob: false,
    noclobber: false,
    allexport: false,
    noexec: false,
    verbose: false,
  }
}
