// One network namespace: who listens in it, and the way out to the rest of the cluster.

import { Connection } from '../../process/connection.ts'
import type { Answer, Endpoint, Listener, Network, Pending, Question } from '../../process/network.ts'
import type { ErrorCode } from '../../process/system-error.ts'
import { SystemError } from '../../process/system-error.ts'
import type { Timers } from '../../time/clock.ts'
import { isLoopback } from './addresses.ts'

/** What becomes of an attempt to connect. */
export type Destination =
  | {
      readonly kind: 'listener'
      readonly accept: (connection: Connection) => void
      readonly endpoint: Endpoint
    }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly afterMs: number }
  /** The packets are lost; nobody ever answers. */
  | { readonly kind: 'silence' }

/** The wires between namespaces. */
export interface Wires {
  readonly timers: Timers
  /** How long a packet of a connection is under way now. */
  latencyMs(): number
  /** Follows a connection out of a namespace; asked when it arrives. */
  destination(from: NetworkNamespace, remote: Endpoint): Destination
  /** Carries a question to a server; what it does not answer is never heard of. */
  query(server: Endpoint, question: Question, answer: (answer: Answer) => void): Pending
}

const ANY = '0.0.0.0'
/** net.ipv4.ip_local_port_range */
const EPHEMERAL_PORTS = { first: 32_768, last: 60_999 }

interface Open {
  readonly endpoint: Endpoint
  readonly accept: (connection: Connection) => void
}

/** The network of a sandbox, or of a node for what runs on its own network. */
export class NetworkNamespace implements Network {
  readonly nodeName: string
  #addresses: readonly string[]
  readonly #wires: Wires
  readonly #listeners = new Set<Open>()
  #nextPort = EPHEMERAL_PORTS.first

  constructor(nodeName: string, addresses: readonly string[], wires: Wires) {
    this.nodeName = nodeName
    this.#addresses = addresses
    this.#wires = wires
  }

  get addresses(): readonly string[] {
    return this.#addresses
  }

  query(server: Endpoint, question: Question, answer: (answer: Answer) => void): Pending {
    return this.#wires.query(server, question, answer)
  }

  connect(remote: Endpoint, settle: (result: Connection | ErrorCode) => void): Pending {
    const { timers } = this.#wires
    const arrives = timers.at(timers.now() + this.#wires.latencyMs(), () => {
      const destination = this.#destination(remote)
      if (destination.kind === 'listener') this.#open(destination, settle)
      if (destination.kind === 'error')
        fails = timers.at(timers.now() + destination.afterMs, () => settle(destination.code))
    })
    let fails = arrives
    return {
      cancel: () => {
        arrives.cancel()
        fails.cancel()
      },
    }
  }

  listen(local: Endpoint, accept: (connection: Connection) => void): Listener {
    const { address } = local
    if (address !== ANY && !isLoopback(address) && !this.#addresses.includes(address)) {
      throw new SystemError('EADDRNOTAVAIL')
    }
    const port = local.port || this.#freePort()
    if (this.#isTaken({ address, port })) throw new SystemError('EADDRINUSE')
    const open: Open = { endpoint: { address, port }, accept }
    this.#listeners.add(open)
    return { endpoint: open.endpoint, close: () => this.#listeners.delete(open) }
  }

  /** Who takes connections that arrive for an address of this namespace. */
  listener({ address, port }: Endpoint): Open | undefined {
    for (const open of this.#listeners) {
      const { endpoint } = open
      if (endpoint.port !== port) continue
      if (endpoint.address === ANY || endpoint.address === address) return open
      if (isLoopback(endpoint.address) && isLoopback(address)) return open
    }
    return undefined
  }

  /** Takes the namespace off the wires: nobody listens in it any more, and it has no address. */
  close(): void {
    this.#listeners.clear()
    this.#addresses = []
  }

  #destination(remote: Endpoint): Destination {
    if (!isLoopback(remote.address) && !this.#addresses.includes(remote.address)) {
      return this.#wires.destination(this, remote)
    }
    const open = this.listener(remote)
    if (!open) return { kind: 'error', code: 'ECONNREFUSED', afterMs: 0 }
    return { kind: 'listener', accept: open.accept, endpoint: remote }
  }

  #open(
    { accept, endpoint }: Extract<Destination, { kind: 'listener' }>,
    settle: (result: Connection) => void,
  ): void {
    const { timers } = this.#wires
    const address = isLoopback(endpoint.address) ? endpoint.address : (this.#addresses[0] ?? '127.0.0.1')
    const client = { address, port: this.#freePort() }
    const [near, far] = Connection.pair({
      timers,
      client,
      server: endpoint,
      latencyMs: this.#wires.latencyMs(),
    })
    accept(far)
    settle(near)
  }

  #isTaken({ address, port }: Endpoint): boolean {
    return [...this.#listeners].some(
      ({ endpoint }) =>
        endpoint.port === port &&
        (endpoint.address === address || endpoint.address === ANY || address === ANY),
    )
  }

  #freePort(): number {
    const port = this.#nextPort
    this.#nextPort = port === EPHEMERAL_PORTS.last ? EPHEMERAL_PORTS.first : port + 1
    return this.#isTaken({ address: ANY, port }) ? this.#freePort() : port
  }
}
