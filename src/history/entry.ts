// What a history is made of: changes of objects, lines of logs, commands. Each is immutable and knows its place.

import type { KubeObject } from '../cluster/cluster.ts'

/** One entry of a history. `order` counts all entries in the order of their arrival, from 0. */
export type Entry = ObjectChange | LogLine | CommandRun | NodeNote | Gap

/** One watch event: an object as the API server showed it. */
export interface ObjectChange {
  readonly entry: 'change'
  readonly order: number
  /** Cluster time at which the event arrived. */
  readonly atMs: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: KubeObject
}

/** One line that a container wrote. */
export interface LogLine {
  readonly entry: 'log'
  readonly order: number
  /** Cluster time at which the node got the line; with `order` for lines of the same millisecond. */
  readonly atMs: number
  readonly pod: string
  readonly container: string
  /** Which start of the container wrote it, from 0. */
  readonly instance: number
  /** Undefined where the cluster does not tell its two streams apart. */
  readonly stream?: 'stdout' | 'stderr'
  readonly text: string
}

/** Something that was done to the cluster: an action of a spec, or a command of a terminal. */
export interface CommandRun {
  readonly entry: 'command'
  readonly order: number
  readonly atMs: number
  readonly endMs: number
  readonly command: string
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What a node did with a container and the API does not show: known only where podproof sees into its nodes. */
export interface NodeNote {
  readonly entry: 'node'
  readonly order: number
  /** Cluster time at which it became known. */
  readonly atMs: number
  /** Cluster time at which it happened, to the millisecond. */
  readonly happenedAtMs: number
  readonly pod: string
  readonly podUid: string
  readonly container: string
  readonly what: 'exited' | 'postStart ended' | 'preStop ended'
}

/** A stretch in which changes of a kind may have been missed, because a watch was cut for too long. */
export interface Gap {
  readonly entry: 'gap'
  readonly order: number
  readonly atMs: number
  readonly message: string
}

/** An entry that has no place yet: what is handed to `History.record`. */
export type NewEntry =
  | Omit<ObjectChange, 'order'>
  | Omit<LogLine, 'order'>
  | Omit<CommandRun, 'order'>
  | Omit<NodeNote, 'order'>
  | Omit<Gap, 'order'>
