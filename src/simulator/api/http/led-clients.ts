// Clients that are led by the clock of a served simulator: time stands while one of them computes, and stops for each of their events.
//
// A led client (podproof itself, through a kubeconfig) names itself in a header of all its requests. It keeps one request
// open for as long as it lives, `GET /podproof/clock/lead`: while it is open time stands. It lets time go by with
// `GET /podproof/clock/pass?until=MS&seen=N&read=B`, which is answered at that instant, or as soon as more than N events were written to
// the client's watches. So no event comes while a client still thinks about the one before, and each carries its instant.
//
// A led client may start kubectl, with a server address that ends in `/podproof/led/CLIENT`. With `programs=N` it says in a
// pass how many of these are under way: time stands unless all of them wait. With `dozing=true` it says that they do nothing,
// so that one that does not wait must be sleeping on its own clock: time walks then.

import type { ServerResponse } from 'node:http'
import type { Call, ClientClock } from '../../../time/client-clock.ts'

/** In this header a led client says who it is. */
export const LED_HEADER = 'podproof-client'
/** In this header of every answer it reads the time. */
export const NOW_HEADER = 'podproof-now'
const LEAD_PATH = '/podproof/clock/lead'
const PASS_PATH = '/podproof/clock/pass'
const PROGRAM_PATH = /^\/podproof\/led\/([^/?]+)(.*)$/
/** No pass lasts longer than a call may drive the clock: whoever wants more asks again. */
const LONGEST_PASS_MS = 3_000_000

/** What is added to an event: when it was written, and as the how manieth for its client. */
export interface Stamp {
  readonly atMs: number
  readonly told: number
}

/** A leader thinks for as long as its programs compute; one that is stopped or broken stops time for no longer than this. */
const LEAD_MS = 60_000

/** How long a request may stop time, if it is no ordinary one. */
export function askMsOf(path: string): number | undefined {
  return path === LEAD_PATH ? LEAD_MS : undefined
}

/** A request's path, and who has started the client, if a led client has. */
export function startedBy(path: string): { readonly leader: string | undefined; readonly path: string } {
  const [, leader, rest] = PROGRAM_PATH.exec(path) ?? []
  return leader === undefined ? { leader, path } : { leader, path: rest || '/' }
}

/** An answer that comes when the clock says so. */
export interface LedResponse {
  readonly is: 'led'
  take(response: ServerResponse, call: Call): void
}

/** All led clients of a server. */
export class LedClients {
  readonly #clock: ClientClock
  readonly #clients = new Map<string, LedClient>()

  constructor(clock: ClientClock) {
    this.#clock = clock
  }

  /** How a request that is about leading is answered; undefined for any other. */
  response(id: string, path: string): LedResponse | undefined {
    const { pathname, searchParams } = new URL(path, 'http://localhost')
    if (pathname === LEAD_PATH) return { is: 'led', take: (response, call) => this.#lead(id, response, call) }
    if (pathname !== PASS_PATH) return undefined
    const passing = passingIn(searchParams)
    return { is: 'led', take: (response, call) => this.#pass(this.#client(id), response, call, passing) }
  }

  /** An event is being written to a watch of the client. */
  stamp(id: string): Stamp {
    const client = this.#client(id)
    client.told++
    const stamp = { atMs: this.#clock.now(), told: client.told }
    for (const answer of client.passing.values()) answer()
    return stamp
  }

  /** Bytes of a log or of a command are being written to the client; the end of such a stream counts for one. */
  streamed(id: string, bytes: number): void {
    const client = this.#client(id)
    client.written += bytes
    for (const answer of client.passing.values()) answer()
  }

  now(): number {
    return this.#clock.now()
  }

  /** The times in the last answer to a program of the client were moved by so much. */
  noteShift(id: string, ms: number): void {
    this.#client(id).shiftMs = ms
  }

  #client(id: string): LedClient {
    const known = this.#clients.get(id)
    if (known) return known
    const made: LedClient = {
      told: 0,
      written: 0,
      shiftMs: undefined,
      standing: new Set(),
      passing: new Map(),
    }
    this.#clients.set(id, made)
    return made
  }

  #lead(id: string, response: ServerResponse, call: Call): void {
    const client = this.#client(id)
    client.standing.add(call)
    response.on('close', () => {
      client.standing.delete(call)
      if (client.standing.size === 0) this.#clients.delete(id)
    })
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
  }

  #pass(
    client: LedClient,
    response: ServerResponse,
    call: Call,
    { untilMs, seen, read, programs, isDozing }: Passing,
  ): void {
    const answer = (): void => {
      timer?.cancel()
      if (!client.passing.delete(call) || response.destroyed) return
      for (const standing of client.standing) standing.become('asks')
      call.end()
      const { told, written, shiftMs } = client
      client.shiftMs = undefined
      const body = JSON.stringify({ nowMs: this.#clock.now(), told, written, shiftMs })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    }
    client.passing.set(call, answer)
    const limitMs = Math.min(untilMs, this.#clock.now() + LONGEST_PASS_MS)
    const timer = limitMs > this.#clock.now() ? this.#clock.at(limitMs, answer) : undefined
    // Before the call ends, or time would walk from its end on.
    response.prependListener('close', () => {
      timer?.cancel()
      if (client.passing.delete(call)) for (const standing of client.standing) standing.become('asks')
    })
    if (!timer || client.told > seen || client.written > read) return answer()
    for (const standing of client.standing) standing.become('listens')
    call.leads(programs)
    call.become('consents')
    if (isDozing && call.isHeldUp) call.become('listens')
  }
}

interface LedClient {
  /** By how much the times in an answer to one of its programs were moved, if they were since it was told so. */
  shiftMs: number | undefined
  /** How many bytes were written to its streams. */
  written: number
  /** How many events were written to its watches. */
  told: number
  /** The calls by which it keeps time standing. */
  readonly standing: Set<Call>
  /** Those by which it lets time go by, and how each is answered. */
  readonly passing: Map<Call, () => void>
}

/** What a client says when it lets time go by. */
interface Passing {
  readonly untilMs: number
  /** How many events of its watches it has seen. */
  readonly seen: number
  /** How many bytes of its streams it has read. */
  readonly read: number
  /** How many of its programs are under way. */
  readonly programs: number
  /** Whether they have done nothing for a while. */
  readonly isDozing: boolean
}

function passingIn(query: URLSearchParams): Passing {
  const number = (name: string) => Number(query.get(name) ?? 0)
  const isDozing = query.get('dozing') === 'true'
  return {
    untilMs: number('until'),
    seen: number('seen'),
    read: number('read'),
    programs: number('programs'),
    isDozing,
  }
}
