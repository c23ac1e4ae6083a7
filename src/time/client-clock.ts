// What a clock that outside clients live on has to be told: which requests are in flight, and what each waits for.

import type { Clock, Timers } from './clock.ts'

/**
 * What a request is to the clock:
 * - `asks`: it is answered at once; time stands still until it is.
 * - `consents`: it waits for an end; time may leap to get there.
 * - `listens`: it waits for whatever comes; it gets the wall's pace.
 */
export type Stance = 'asks' | 'consents' | 'listens'

/** A request as it begins. */
export interface CallStart {
  /** The client: calls of one client answer each other. For kubectl its session, else the connection. */
  readonly client: string
  /** What is asked, for people: `kubectl delete: GET /api/v1/...`. */
  readonly what: string
  readonly stance: Stance
  /** How much cluster time a consenting call may leap over, if it is less than an hour. */
  readonly mostMs?: number
  /** How long of the wall's time it may stop time while it asks, if it is not ten seconds. */
  readonly askMs?: number
  /** The client that has started this one and lets time go by for it (`leads`), if there is such a one. */
  readonly leader?: string | undefined
  /** Finds the client's process, where it runs on this host and answers only for itself; asked when it was told something. */
  readonly process?: (() => ClientProcess | undefined) | undefined
}

/** The process of a client. */
export interface ClientProcess {
  /** Whether it has nothing left to do but wait for its connections. */
  isQuiet(): boolean
}

/** A request in flight. */
export interface Call {
  /** The request waits for something else now. */
  become(stance: Stance): void
  /** What the request waits for depends on the cluster from now on: it is asked anew after every event. */
  follow(stance: () => Stance): void
  /** While this call consents, its client has so many programs under way: time stands unless each of them waits. */
  leads(programs: number): void
  /** Whether it consents and time stands all the same, because a program of its client computes. */
  readonly isHeldUp: boolean
  /** Something was written to the call's connection that the client may want to answer. */
  told(): void
  /** The client sent something on the call's connection. */
  heard(): void
  /** The answer is complete, or the client is gone. */
  end(): void
}

/** A clock under a simulator whose clients live on wall time. */
export interface ClientClock extends Clock, Timers {
  /** A request has arrived. Brings cluster time up to the present first. */
  begin(start: CallStart): Call
  state(): ClockState
  /** The times in an answer were moved by so much, for a client that computes ages on the wall. */
  noteShift(ms: number): void
  /** Leaves the cluster's time where it is, for good. */
  close(): void
}

/** What the clock does now, and for whom: the answer of `/podproof/clock`. */
export interface ClockState {
  readonly mode: 'paced' | 'leap'
  /** Cluster time, and the wall's. */
  readonly nowMs: number
  readonly wallMs: number
  /** `stands` still, `leaps` from event to event, or `walks` at the wall's pace (times `speed`). */
  readonly motion: 'stands' | 'leaps' | 'walks'
  readonly speed: number
  /** Why time stands or leaps, one sentence a reason; empty when it walks. */
  readonly because: readonly string[]
  readonly calls: readonly CallState[]
  /** When something is due next in the cluster; undefined when nothing is. */
  readonly nextDueMs: number | undefined
}

export interface CallState {
  readonly client: string
  readonly what: string
  readonly stance: Stance
  /** Whether the clock waits for the client's answer to what it was told last. */
  readonly isTold: boolean
  readonly sinceWallMs: number
}
