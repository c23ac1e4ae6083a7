// A simulator behind a socket whose time leaps: it leads our clock, and stands still while we think.

import { elapse } from '../../time/elapse.ts'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../time/clock.ts'
import { hostSecret, hostWall } from '../../time/host.ts'
import type { Latch } from '../../time/latch.ts'
import type { Leader, Passing, Reading } from '../../time/led.ts'
import { WallClock } from '../../time/wall.ts'
import { PATIENCE_MS, askPatiently } from './retry.ts'
import { jsonOrText } from './stream.ts'
import { ConnectionError } from './transport.ts'
import type { Transport } from './transport.ts'

/** The headers of podproof's protocol (simulator/api/http/led-clients.ts). */
export const CLIENT_HEADER = 'podproof-client'
export const NOW_HEADER = 'podproof-now'

const PAUSE_MS = 100
/** Whoever has never answered is not asked for long. */
const FIRST_ANSWER_MS = 10_000
const FIRST_PATIENCE_MS = 500

/** The address of the server for programs that `client` starts (led-clients.ts). */
export function serverForPrograms(server: string, client: string): string {
  return `${server.replace(/\/$/, '')}/podproof/led/${client}`
}

/** A name for this client that no other has. */
export function newClientName(): string {
  return `podproof-${hostSecret(16)}`
}

/** Cluster time if the server is a simulator whose time leaps; undefined for every other server. */
export async function leadingTimeOf(transport: Transport): Promise<number | undefined> {
  const isTooLate = new AbortController()
  const cancel = hostWall.after(FIRST_ANSWER_MS, () => isTooLate.abort(new Error('it does not answer')))
  const ask = { method: 'GET', path: '/podproof/clock', signal: isTooLate.signal }
  const answer = await askPatiently(transport, new WallClock(), ask, FIRST_PATIENCE_MS).finally(cancel)
  const state = jsonOrText(answer.text) as { readonly mode?: unknown; readonly nowMs?: unknown } | string
  if (answer.status !== 200 || typeof state !== 'object' || state?.mode !== 'leap') return undefined
  return Number(state.nowMs)
}

/** The other end of a led clock. */
export class HttpLeader implements Leader {
  readonly #transport: Transport
  readonly #onTake: () => void
  readonly #wall: Clock = new WallClock()
  #lead: IncomingMessage | undefined
  #isClosed = false

  /** `onTake` is called whenever the server counts anew what it tells. */
  constructor(transport: Transport, onTake: () => void) {
    this.#transport = transport
    this.#onTake = onTake
  }

  /** From here on time stands unless we wait; until `close`, also across broken connections. */
  take(): Promise<void> {
    return this.#patiently(() => this.#open())
  }

  async #open(): Promise<void> {
    const lead = await this.#transport.open({ method: 'GET', path: '/podproof/clock/lead' })
    if (lead.statusCode !== 200) {
      lead.resume()
      throw new ConnectionError(this.#transport.server.origin, `it answered ${lead.statusCode}`)
    }
    this.#lead = lead
    this.#onTake()
    lead.resume()
    lead.on('error', () => {})
    lead.on('close', () => {
      // Without it time walks while we think: nothing fails by that, and whoever waits next says what is wrong.
      if (!this.#isClosed) this.take().catch(() => {})
    })
  }

  pass(passing: Passing, interrupt: Latch): Promise<Reading> {
    return this.#patiently(async () => {
      const reading = interrupt.isSettled ? undefined : await this.#ask(passing, interrupt)
      return reading ?? this.#reading()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#lead?.destroy()
  }

  /** Asks again when the connection breaks, until the cluster counts as lost. */
  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    const deadlineMs = this.#wall.now() + PATIENCE_MS
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        const isLost = this.#isClosed || this.#wall.now() > deadlineMs
        if (isLost || !(error instanceof ConnectionError)) throw error
        await elapse(this.#wall, PAUSE_MS)
      }
    }
  }

  /** Undefined if it was interrupted. Throws ConnectionError, also for what a bad network answers in the server's place. */
  async #ask(
    { untilMs, seen, read, programs, isDozing }: Passing,
    interrupt: Latch,
  ): Promise<Reading | undefined> {
    const until = Number.isFinite(untilMs) ? untilMs : Number.MAX_SAFE_INTEGER
    const abort = new AbortController()
    const stopListening = interrupt.onSettle(() => abort.abort())
    try {
      const query = `until=${until}&seen=${seen}&read=${read}&programs=${programs}&dozing=${isDozing}`
      const path = `/podproof/clock/pass?${query}`
      const answer = await this.#transport.ask({ method: 'GET', path, signal: abort.signal, isPass: true })
      const reading = jsonOrText(answer.text)
      if (answer.status === 200 && typeof reading === 'object') return reading as Reading
      throw new ConnectionError(this.#transport.server.origin, `it answered ${answer.status}`)
    } catch (error) {
      if (interrupt.isSettled) return undefined
      throw error
    } finally {
      stopListening()
    }
  }

  async #reading(): Promise<Reading> {
    const path = '/podproof/clock/pass?until=0'
    const answer = await askPatiently(this.#transport, this.#wall, { method: 'GET', path })
    const reading = jsonOrText(answer.text)
    if (answer.status === 200 && typeof reading === 'object') return reading as Reading
    throw new ConnectionError(this.#transport.server.origin, `it answered ${answer.status}`)
  }
}
