// What agnhost's subcommands have in common: flags, logs, and what a Go program does on TERM.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import { ProgramError } from '../../program-error.ts'
import type { SignalName } from '../../signals.ts'
import type { Task } from '../../task.ts'

/** Runs with the words after its name, and answers the exit status. */
export type Subcommand = (task: Task, words: readonly Bytes[]) => Action<number>

/** The values of `--name=value` and `--name value` by name, beginning with their defaults. @throws ProgramError */
export function flags<Name extends string>(
  words: readonly Bytes[],
  defaults: Readonly<Record<Name, Bytes>>,
): Record<Name, Bytes> {
  const values: Record<Name, Bytes> = { ...defaults }
  for (let i = 0; i < words.length; i++) {
    const [, name = '', value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(words[i] as Bytes) ?? []
    if (!Object.hasOwn(defaults, name)) throw new ProgramError(`unknown flag: ${words[i]}`)
    const isSwitch = defaults[name as Name] === 'true' || defaults[name as Name] === 'false'
    values[name as Name] = value ?? (isSwitch ? 'true' : (words[++i] ?? ''))
  }
  return values
}

/** A line of Go's klog on standard error: `I1122 08:42:36.543345       1 log.go:244] text`. */
export function log(task: Task, text: string): void {
  const at = new Date(task.now()).toISOString()
  const time = `${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000`
  put(task, 2, `I${time} ${String(task.pid).padStart(7)} log.go:244] ${text}\n`)
}

/** A Go program without a handler of its own ends with status 2 on these, even as PID 1: its runtime catches them. */
export function dieLikeGo(task: Task): void {
  for (const signal of deadly) task.dispose(signal, 'catch')
}

export function isDeadly(signal: SignalName): boolean {
  return deadly.includes(signal)
}

const deadly: readonly SignalName[] = ['TERM', 'INT', 'HUP', 'QUIT']

/** The exit status of such an end. */
export const GO_SIGNAL_STATUS = 2
