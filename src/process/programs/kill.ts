// kill: sends signals to processes.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { put } from '../io.ts'
import type { Program } from '../program.ts'
import { type SignalName, signalNamed, signalNames, signalNumbers } from '../signals.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** How a shell's builtin differs from the program. */
export interface KillSurroundings {
  readonly complain: (text: string) => void
  /** The PID of `%n`. */
  readonly jobPid: (number: number) => number | undefined
}

/** `kill [-SIGNAL] PID...` and `kill -l`. Answers the exit status. */
export function killProcesses(
  task: Task,
  words: readonly Bytes[],
  around: KillSurroundings,
): number | Action<number> {
  const [first, ...others] = words
  if (first === '-l') return list(task, others)
  const { signal, targets } = parsed(words)
  if (!signal) {
    around.complain(`invalid signal '${first === '-s' ? others[0] : first?.slice(1)}'`)
    return 1
  }
  if (targets.length === 0) {
    around.complain('you need to specify whom to kill')
    return 1
  }
  return targets
    .map((target) => killOne(task, target, signal === 'none' ? undefined : signal, around))
    .includes(false)
    ? 1
    : 0
}

function parsed(words: readonly Bytes[]): {
  signal: SignalName | 'none' | undefined
  targets: readonly Bytes[]
} {
  const [first = '', second = '', ...others] = words
  if (first === '-s') return { signal: signalOf(second), targets: others }
  if (first === '--') return { signal: 'TERM', targets: words.slice(1) }
  if (/^-./.test(first))
    return { signal: signalOf(first.slice(1)), targets: words.slice(words[1] === '--' ? 2 : 1) }
  return { signal: 'TERM', targets: words }
}

function signalOf(text: Bytes): SignalName | 'none' | undefined {
  return text === '0' || text === 'EXIT' ? 'none' : signalNamed(text)
}

function killOne(
  task: Task,
  target: Bytes,
  signal: SignalName | undefined,
  around: KillSurroundings,
): boolean {
  const pid = target.startsWith('%') ? around.jobPid(Number(target.slice(1))) : Number(target)
  if (pid === undefined || !Number.isInteger(pid) || target === '') {
    around.complain(`invalid number '${target}'`)
    return false
  }
  try {
    send(task, pid, signal)
    return true
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    around.complain(`can't kill pid ${pid}: ${error.code === 'ESRCH' ? 'No such process' : error.text}`)
    return false
  }
}

/** kill(2): one process, a group (negative, or 0 for the own one), or everybody (-1). @throws SystemError */
export function send(task: Task, pid: number, signal: SignalName | undefined): void {
  const { tasks } = task.table
  const group = pid === 0 ? task.processGroup : -pid
  const targets =
    pid > 0
      ? tasks.filter((other) => other.pid === pid)
      : pid === -1
        ? tasks.filter((other) => other !== task && other.pid !== 1)
        : tasks.filter((other) => other.processGroup === group)
  if (targets.length === 0) throw new SystemError('ESRCH')
  const permitted = targets.filter((other) => task.user.uid === 0 || other.user.uid === task.user.uid)
  if (permitted.length === 0) throw new SystemError('EPERM')
  if (signal) for (const target of permitted) target.post(signal)
  task.survive()
}

function list(task: Task, words: readonly Bytes[]): number | Action<number> {
  if (words.length === 0) {
    return put(
      task,
      1,
      signalNames.map((name) => `${String(signalNumbers[name]).padStart(2)}) ${name}\n`).join(''),
    )
  }
  const lines = words.map((word) => {
    // An exit status of 128 and more tells the signal that killed.
    const signal = signalNamed(Number(word) > 128 ? String(Number(word) - 128) : word)
    if (!signal) return word
    return /^\d+$/.test(word) ? signal : String(signalNumbers[signal])
  })
  return put(task, 1, lines.map((line) => `${line}\n`).join(''))
}

export const kill: Program = {
  name: 'kill',
  *run(task) {
    const complaints: string[] = []
    const around = {
      complain: (text: string) => void complaints.push(`kill: ${text}\n`),
      jobPid: () => undefined,
    }
    const result = killProcesses(task, task.argv.slice(1), around)
    const status = typeof result === 'number' ? result : yield* result
    const told = put(task, 2, complaints.join(''))
    if (typeof told !== 'number') yield* told
    return status
  },
}
