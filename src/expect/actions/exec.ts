// cluster.exec('pod/web', ['cat', '/etc/hosts']): runs a command in a container and waits for its end.

import type { ContainerTarget, ExecOptions, Execution } from '../../cluster/cluster.ts'
import { StatusError } from '../../cluster/status-error.ts'
import { formatDuration, parseDuration } from '../../time/duration.ts'
import type { Session } from '../session.ts'
import { noteCommand } from './note.ts'
import { readReference } from './reference.ts'

export interface ExecActionOptions extends ExecOptions {
  /** The Pod's default container unless told. */
  readonly container?: string
  /** How long to wait for its end, in cluster time; the session's timeout unless told. */
  readonly within?: string
}

/** A command that has ended. */
export interface ExecOutput {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Throws a StatusError if the command cannot be run, and an Error if it does not end in time. Any exit code is an answer. */
export async function exec(
  session: Session,
  reference: string,
  command: readonly string[],
  options: ExecActionOptions = {},
): Promise<ExecOutput> {
  const { container, within, stdin } = options
  const { resource, name } = await readReference(session, reference)
  if (resource.kind !== 'Pod') throw new Error(`commands run in Pods, and ${reference} is a ${resource.kind}`)
  const patienceMs = within === undefined ? session.timeoutMs : parseDuration(within)
  const target = { pod: name, ...(container !== undefined && { container }) }
  const deadlineMs = session.cluster.clock.now() + patienceMs
  const execution = await runToEnd(session, target, command, {
    deadlineMs,
    ...(stdin !== undefined && { stdin }),
  })
  const { stdout, stderr, exitCode, failure } = execution
  if (failure) throw new StatusError(`running ${command.join(' ')} in ${reference}`, failure)
  if (exitCode === undefined)
    throw new Error(`${command.join(' ')} in ${reference} has not ended after ${formatDuration(patienceMs)}`)
  return { stdout, stderr, exitCode }
}

/** Runs a command to its end, at most until the deadline, and takes note of it. Without an exit code it has not ended, or not begun. */
export async function runToEnd(
  session: Session,
  target: Omit<ContainerTarget, 'namespace'>,
  command: readonly string[],
  { deadlineMs, ...options }: ExecOptions & { readonly deadlineMs: number },
): Promise<Execution> {
  const { cluster, namespace } = session
  const atMs = cluster.clock.now()
  const execution = cluster.exec({ namespace, ...target }, command, options)
  await cluster.clock.pass(execution.end, deadlineMs)
  if (!execution.end.isSettled) execution.stop()
  const { stdout, stderr, exitCode = 1, failure } = execution
  const choice = target.container === undefined ? '' : ` -c ${target.container}`
  noteCommand(session, {
    atMs,
    command: `kubectl exec ${target.pod}${choice} -- ${command.join(' ')}`,
    exitCode,
    stdout,
    stderr,
    refusal: failure?.message,
  })
  return execution
}
