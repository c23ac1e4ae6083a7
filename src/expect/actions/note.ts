// Writes an action of a spec into the history, as the command with which a person would do the same.

import type { Session } from '../session.ts'

export interface DoneCommand {
  /** Cluster time at which it was begun; it has ended now. */
  readonly atMs: number
  readonly command: string
  readonly stdout?: string
  /** What was refused, without a line feed; the command then has failed. */
  readonly refusal?: string | undefined
  readonly stderr?: string
  /** 0, or 1 after a refusal, unless told. */
  readonly exitCode?: number
}

export function noteCommand(session: Session, done: DoneCommand): void {
  const { atMs, command, stdout = '', stderr = '', refusal, exitCode = refusal === undefined ? 0 : 1 } = done
  session.history.record({
    entry: 'command',
    atMs,
    endMs: session.cluster.clock.now(),
    command,
    exitCode,
    stdout,
    stderr: refusal === undefined ? stderr : `${stderr}${refusal}\n`,
  })
}
