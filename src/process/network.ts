// The network as a program sees it: names, addresses, connections. Whoever owns the wires implements it.

import type { Connection } from './connection.ts'
import type { ErrorCode } from './system-error.ts'

/** One end of a connection. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** Something that is under way and can be given up. */
export interface Pending {
  cancel(): void
}

/** One question to one DNS server. `name` is absolute, without its last dot; for PTR it is `4.3.2.1.in-addr.arpa`. */
export interface Question {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'PTR' | 'SRV'
}

/** A resource record; `data` as dig prints it (an address, a name without its last dot, `0 50 80 name` for SRV). */
export interface ResourceRecord {
  readonly name: string
  readonly type: Question['type']
  readonly ttlSeconds: number
  readonly data: string
}

/** What a DNS server said. */
export interface Answer {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'
  /** The AA bit: the server answers for its own zone. */
  readonly isAuthoritative: boolean
  readonly records: readonly ResourceRecord[]
}

/** A port that somebody listens on. */
export interface Listener {
  readonly endpoint: Endpoint
  close(): void
}

/**
 * One network namespace: every process (and every probe) of a sandbox shares it. Nothing here blocks: answers come by
 * callback, after the latency of the wire, never inside the call.
 */
export interface Network {
  /** Own addresses, the primary one first; without 127.0.0.1, which reaches the namespace itself. */
  readonly addresses: readonly string[]
  /** Asks one server; no answer at all (a dead server) is silence: the caller keeps the time. */
  query(server: Endpoint, question: Question, answer: (answer: Answer) => void): Pending
  /** Opens a TCP connection. The error is ECONNREFUSED, EHOSTUNREACH or ENETUNREACH; a lost packet is silence. */
  connect(remote: Endpoint, settle: (result: Connection | ErrorCode) => void): Pending
  /**
   * Takes connections to `port` on `address` (0.0.0.0 for all; port 0 for any free one).
   * @throws SystemError EADDRINUSE, EADDRNOTAVAIL
   */
  listen(local: Endpoint, accept: (connection: Connection) => void): Listener
}
