// What a replay acts on: time, terminals and nodes. A cluster gives them, or the outputs of an earlier replay.

import type { TypedCommand } from '../../terminal/shell-session.ts'
import type { Latch } from '../../time/latch.ts'
import type { CommandStep } from '../page.ts'

/** Everything that a replay does to the world outside of its page. Instants are cluster time. */
export interface Stage {
  /** As reports call the cluster. */
  readonly name: string
  now(): number
  /** Lets time go by until `until` settles, `deadlineMs` is reached, or the page has used up its time on the wall. */
  pass(until: Latch, deadlineMs: number): Promise<boolean>
  /** Whether the page has used up its time on the wall: nothing more is typed. */
  readonly isOver: boolean
  /** Puts a file of the page into every terminal, those that are opened later included. */
  writeFile(path: string, text: string): void
  /** The terminal of that name, with a shell that is ready. */
  shell(terminal: string): Promise<Shell>
  /** What `docker ps` or `crictl ps` prints on the node of which the step speaks; undefined without access to nodes. */
  askNode(view: NodeView, step: CommandStep): Promise<readonly string[] | undefined>
  /** What containers have written to their standard error so far, as far as nodes tell. */
  errorTexts(): Promise<readonly string[]>
  /** When an instant that the page's timeline names has happened: see anchors.ts. */
  anchorMs(name: string): number | undefined
}

export type NodeView = 'crictl ps' | 'docker ps'

/** A shell into which a replay types. */
export interface Shell {
  /** Whether a command still runs, so that what is typed goes to it. */
  readonly isBusy: boolean
  /** Types a command at its prompt. */
  type(source: string): TypedCommand
  /** Types a command into the shell that the running command has opened in a container. */
  typeInside(source: string): TypedCommand
  /** Ends what runs, as ^C does. */
  interrupt(): void
  /** Ends what runs and the shell with it: the next one is another. */
  kill(): void
}
