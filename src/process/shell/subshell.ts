// Shells within shells: command substitution, ( ), & and the parts of a pipeline.

import type { ParsedScript } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Descriptors } from '../descriptors.ts'
import type { Action } from '../effects.ts'
import { BLOCK_BYTES } from '../io.ts'
import { pipeEnds } from '../pipe-ends.ts'
import { OpenFile } from '../stream.ts'
import type { Task } from '../task.ts'
import { runStatements } from './interpreter.ts'
import { runToEnd } from './life.ts'
import { Shell } from './shell.ts'
import { refuseErrors } from './syntax.ts'

/** Starts a subshell: a copy of the shell, as of now, that does `body` and ends. */
export function forkShell(
  shell: Shell,
  body: (subshell: Shell) => Action<number>,
  descriptors?: Descriptors,
): Task {
  const { program } = shell.task
  const run = (task: Task) => {
    const subshell = new Shell(task, shell.dialect, shell)
    return runToEnd(subshell, () => body(subshell))
  }
  // A shell's copy shares its memory with the shell until one of them writes.
  return shell.task.fork(
    { name: program.name, run, residentBytes: 64 * 1024 },
    descriptors && { descriptors },
  )
}

/** Waits for a child of the shell and answers its exit status. Signals that come are kept for their traps. */
export function* waitFor(shell: Shell, pid: number): Action<number> {
  const { task } = shell
  for (;;) {
    shell.reapChildren()
    const status = shell.takeStatus(pid)
    if (status !== undefined) return status
    const resumption = yield { effect: 'wait', queues: [task.childEnded] }
    if (resumption !== 'ready' && resumption !== 'timeout') shell.catch(resumption)
  }
}

/** The output of a script that runs in a subshell, without its last newlines; `$?` becomes its exit status. */
export function* substitute(shell: Shell, script: ParsedScript | undefined): Action<Bytes> {
  if (!script || script.commands.length === 0) {
    shell.substitutionStatus = 0
    return ''
  }
  refuseErrors(script)
  const { task } = shell
  const [reader, writer] = pipeEnds()
  const descriptors = task.descriptors.copy()
  descriptors.set(1, new OpenFile(writer))
  const child = forkShell(shell, (subshell) => runStatements(subshell, script.commands, true), descriptors)
  let output = ''
  for (let bytes = reader.read(BLOCK_BYTES); bytes !== ''; bytes = reader.read(BLOCK_BYTES)) {
    if (bytes !== undefined) {
      output += bytes
      task.allocate(bytes.length)
      continue
    }
    const resumption = yield { effect: 'wait', queues: reader.readable ? [reader.readable] : [] }
    if (resumption !== 'ready' && resumption !== 'timeout') shell.catch(resumption)
  }
  reader.close?.()
  shell.substitutionStatus = yield* waitFor(shell, child.pid)
  task.allocate(-output.length)
  return output.replace(/\n+$/, '')
}
