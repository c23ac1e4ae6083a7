// Raw requests to an API server over kept-alive connections, with the credentials of a kubeconfig.

import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { RequestOptions } from 'node:https'
import { formatDuration } from '../../time/duration.ts'
import { hostWall } from '../../time/host.ts'

/** An API server gives up a request after a minute itself (kube-apiserver --request-timeout); streams are no such requests. */
const LONGEST_ANSWER_MS = 65_000

export interface Ask {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Breaks it off. */
  readonly signal?: AbortSignal
  /** Whether it is by this request that time goes by. */
  readonly isPass?: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

/** How to connect, as a kubeconfig says it: TLS options, headers with credentials, an agent if there is a proxy. */
export interface ConnectOptions extends Omit<RequestOptions, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>
}

export type Credentials = () => Promise<ConnectOptions>

/** The server could not be reached, or the connection broke. `cause` is Node's error. */
export class ConnectionError extends Error {
  constructor(server: string, cause: unknown) {
    super(`no connection to ${server}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'ConnectionError'
  }
}

export interface TransportOptions {
  readonly server: URL
  readonly credentials: Credentials
  /** Whether the credentials bring an agent that speaks to a proxy. */
  readonly isProxied?: boolean
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Called with the headers of every answer. */
  readonly onHeaders?: (headers: IncomingHttpHeaders) => void
  /** Stops the clock of the cluster, if it can be stopped, while the head of an answer is waited for. */
  readonly hold?: () => () => void
}

/** One API server. */
export class Transport {
  readonly server: URL
  readonly #credentials: Credentials
  readonly #isProxied: boolean
  readonly #headers: Readonly<Record<string, string>>
  readonly #onHeaders: (headers: IncomingHttpHeaders) => void
  readonly hold: () => () => void
  #agent: HttpAgent | HttpsAgent | undefined
  #agentKey = ''
  #isClosed = false
  #open = new Set<ClientRequest>()

  constructor(options: TransportOptions) {
    const {
      server,
      credentials,
      isProxied = false,
      headers = {},
      onHeaders = () => {},
      hold = () => () => {},
    } = options
    this.hold = hold
    this.server = server
    this.#credentials = credentials
    this.#isProxied = isProxied
    this.#headers = headers
    this.#onHeaders = onHeaders
  }

  /** Asks and reads the whole answer. Throws a ConnectionError; a refusal is an answer. */
  async ask(ask: Ask): Promise<Answer> {
    if (ask.isPass) return this.#ask(ask)
    const late = new AbortController()
    const why = `it has not answered within ${formatDuration(LONGEST_ANSWER_MS)}`
    const cancel = hostWall.after(LONGEST_ANSWER_MS, () => late.abort(new Error(why)))
    const signal = ask.signal ? AbortSignal.any([ask.signal, late.signal]) : late.signal
    return this.#ask({ ...ask, signal }).finally(cancel)
  }

  async #ask(ask: Ask): Promise<Answer> {
    const response = await this.open(ask)
    try {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString()
      return { status: response.statusCode ?? 0, headers: response.headers, text }
    } catch (error) {
      throw new ConnectionError(this.server.origin, error)
    }
  }

  /** Asks, and answers as soon as the head of the answer is there; whoever asked reads the body, or destroys it. */
  async open(ask: Ask): Promise<IncomingMessage> {
    const release = ask.isPass ? () => {} : this.hold()
    try {
      return await this.#head(ask)
    } finally {
      release()
    }
  }

  async #head({ method, path, body, headers = {}, signal }: Ask): Promise<IncomingMessage> {
    const options = await this.options()
    // Not the network's fault: whoever asks again when a connection breaks has to end too.
    if (this.#isClosed) throw new Error(`${method} ${path}: the connections to the cluster are closed`)
    const send = this.server.protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = send(new URL(this.server.pathname.replace(/\/$/, '') + path, this.server), {
        ...options,
        method,
        ...(signal && { signal }),
        headers: {
          ...options.headers,
          accept: 'application/json',
          'user-agent': 'podproof',
          // Node announces no body of a DELETE by itself, and the server would take it for the next request.
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      })
      this.#open.add(request)
      request.on('response', (response) => {
        this.#onHeaders(response.headers)
        resolve(response)
      })
      request.on('error', (error) => reject(new ConnectionError(this.server.origin, error)))
      request.on('close', () => this.#open.delete(request))
      request.end(body)
    })
  }

  /** What every connection needs; also for WebSockets. */
  async options(): Promise<ConnectOptions> {
    const { agent, headers, ...options } = await this.#credentials()
    return {
      ...options,
      headers: { ...headers, ...this.#headers },
      agent: this.#isProxied ? agent : this.#keptAlive(options),
    }
  }

  /** Breaks off whatever is still going on. */
  close(): void {
    this.#isClosed = true
    for (const request of this.#open) request.destroy()
    this.#agent?.destroy()
  }

  /** One agent for all requests, until the certificates change (credential plugins renew them). */
  #keptAlive({ ca, cert, key, rejectUnauthorized, servername }: ConnectOptions): HttpAgent | HttpsAgent {
    const agentKey = [ca, cert, key].map(String).join()
    if (this.#agent && agentKey === this.#agentKey) return this.#agent
    this.#agent?.destroy()
    this.#agentKey = agentKey
    const tls = {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      ...(servername !== undefined && { servername }),
    }
    const isTls = this.server.protocol === 'https:'
    this.#agent = isTls ? new HttpsAgent({ keepAlive: true, ...tls }) : new HttpAgent({ keepAlive: true })
    return this.#agent
  }
}
