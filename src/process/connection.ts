// A TCP connection: two byte streams that cross the wire with a latency.

import type { Timers } from '../time/clock.ts'
import type { Bytes } from './bytes.ts'
import type { Endpoint } from './network.ts'
import { Pipe } from './pipe.ts'

/** One end of a connection: bytes arrive in `incoming`; what is written arrives at the peer's. */
export class Connection {
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly incoming = new Pipe()
  #timers: Timers
  #latencyMs: number
  #peer: Connection | undefined
  #isClosed = false

  private constructor(timers: Timers, latencyMs: number, local: Endpoint, remote: Endpoint) {
    this.#timers = timers
    this.#latencyMs = latencyMs
    this.local = local
    this.remote = remote
  }

  /** The two ends of a new connection. `client` and `server` are as each side sees the other. */
  static pair(options: {
    readonly timers: Timers
    readonly client: Endpoint
    readonly server: Endpoint
    /** One way, in milliseconds; 0 if left out. */
    readonly latencyMs?: number
  }): readonly [client: Connection, server: Connection] {
    const { timers, client, server, latencyMs = 0 } = options
    const near = new Connection(timers, latencyMs, client, server)
    const far = new Connection(timers, latencyMs, server, client)
    near.#peer = far
    far.#peer = near
    return [near, far]
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Sends bytes to the peer; lost if either end has closed. */
  write(bytes: Bytes): void {
    const peer = this.#peer
    if (peer && !this.#isClosed) this.#deliver(() => peer.incoming.push(bytes))
  }

  /** Ends this side: the peer reads what was sent, then the end. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.incoming.abandon()
    const peer = this.#peer
    if (peer) this.#deliver(() => peer.incoming.end())
  }

  /** Whether the peer has ended its side and everything was read. */
  get isDrained(): boolean {
    return this.incoming.isEnded && this.incoming.size === 0
  }

  #deliver(arrive: () => void): void {
    this.#timers.at(this.#timers.now() + this.#latencyMs, arrive)
  }
}
