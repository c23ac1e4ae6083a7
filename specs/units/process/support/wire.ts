// A wire with one namespace on it: connections to its own ports, and a DNS server with a fixed zone.

import { Connection } from '../../../../src/process/connection.ts'
import type { Answer, Endpoint, Network, Question, ResourceRecord } from '../../../../src/process/network.ts'
import { SystemError } from '../../../../src/process/system-error.ts'
import type { Timers } from '../../../../src/time/clock.ts'

export const DNS_SERVER = '10.96.0.10'
const OWN_ADDRESS = '10.244.0.7'
const LATENCY_MS = 1

/** `zone` maps `TYPE name` to data; names that end in `domain` and are not in it do not exist. */
export class Wire implements Network {
  readonly addresses = [OWN_ADDRESS]
  #timers: Timers
  #zone: Readonly<Record<string, string>>
  #ports = new Map<number, (connection: Connection) => void>()

  constructor(timers: Timers, zone: Readonly<Record<string, string>> = {}) {
    this.#timers = timers
    this.#zone = zone
  }

  query(server: Endpoint, question: Question, answer: (answer: Answer) => void) {
    if (server.address !== DNS_SERVER) return { cancel() {} }
    return this.#later(() => answer(this.#answerTo(question)))
  }

  connect(remote: Endpoint, settle: (result: Connection | 'ECONNREFUSED') => void) {
    return this.#later(() => {
      const accept = this.#ports.get(remote.port)
      if (!accept) {
        settle('ECONNREFUSED')
        return
      }
      const client = { address: OWN_ADDRESS, port: 40_000 }
      const [near, far] = Connection.pair({
        timers: this.#timers,
        client,
        server: remote,
        latencyMs: LATENCY_MS,
      })
      accept(far)
      settle(near)
    })
  }

  listen(local: Endpoint, accept: (connection: Connection) => void) {
    if (this.#ports.has(local.port)) throw new SystemError('EADDRINUSE')
    this.#ports.set(local.port, accept)
    return { endpoint: local, close: () => this.#ports.delete(local.port) }
  }

  #answerTo({ name, type }: Question): Answer {
    const data = this.#zone[`${type} ${name}`]
    const exists = Object.keys(this.#zone).some((key) => key.endsWith(` ${name}`))
    const records: ResourceRecord[] =
      data === undefined ? [] : data.split(' ').map((each) => ({ name, type, ttlSeconds: 30, data: each }))
    return { code: exists ? 'NOERROR' : 'NXDOMAIN', isAuthoritative: true, records }
  }

  #later(run: () => void) {
    return this.#timers.at(this.#timers.now() + LATENCY_MS, run)
  }
}
