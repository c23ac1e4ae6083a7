// Several processes at once: pipelines, and commands in the background.

import type { AndOr, CommandNode, Pipeline, PipelineNode } from 'unbash'
import type { Action } from '../effects.ts'
import { nullStream } from '../devices.ts'
import type { Descriptors } from '../descriptors.ts'
import { pipeEnds } from '../pipe-ends.ts'
import { OpenFile, type Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import { runNode } from './interpreter.ts'
import type { Shell } from './shell.ts'
import { forkShell, waitFor } from './subshell.ts'

/** Runs the commands of a pipeline, each in a subshell of its own; the last one's status is its status. */
export function* runPipeline(shell: Shell, { commands, operators }: Pipeline): Action<void> {
  const [only] = commands
  if (commands.length === 1 && only) {
    yield* runNode(shell, only)
    return
  }
  const children = startPipeline(shell, commands, operators)
  const statuses: number[] = []
  for (const child of children) statuses.push(yield* waitFor(shell, child.pid))
  const last = statuses[statuses.length - 1] ?? 0
  shell.status = shell.options.pipefail ? (statuses.findLast((status) => status !== 0) ?? 0) : last
}

/** `command &`: goes on without waiting. Its standard input is empty, as in every shell without job control. */
export function startInBackground(shell: Shell, node: PipelineNode | AndOr): void {
  const descriptors = shell.task.descriptors.copy()
  if (!shell.isInteractive) descriptors.set(0, new OpenFile(nullStream))
  const child = forkShell(shell, (subshell) => runAlone(subshell, node), descriptors)
  shell.jobs.push({ pid: child.pid, pids: [child.pid], status: undefined })
  shell.lastBackgroundPid = child.pid
  shell.status = 0
}

function* runAlone(subshell: Shell, node: PipelineNode | AndOr): Action<number> {
  yield* runNode(subshell, node, true)
  return subshell.status
}

function startPipeline(
  shell: Shell,
  commands: readonly CommandNode[],
  operators: Pipeline['operators'],
): Task[] {
  let input: Stream | undefined
  return commands.map((command, index) => {
    const descriptors = shell.task.descriptors.copy()
    if (input) descriptors.set(0, new OpenFile(input))
    input = undefined
    if (index < commands.length - 1) {
      const [reader, writer] = pipeEnds()
      connectOutput(descriptors, writer, operators[index] === '|&')
      input = reader
    }
    return forkShell(shell, (subshell) => runAlone(subshell, command), descriptors)
  })
}

function connectOutput(descriptors: Descriptors, writer: Stream, includesErrors: boolean): void {
  const file = new OpenFile(writer)
  descriptors.set(1, file)
  if (includesErrors) descriptors.set(2, file)
}
