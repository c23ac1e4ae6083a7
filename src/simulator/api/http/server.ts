// The API on a socket: HTTP/1.1 on the loopback unless told, plain or over TLS, for any Kubernetes client.

import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { hostSecret, hostWall } from '../../../time/host.ts'
import type { ClientClock } from '../../../time/client-clock.ts'
import type { ApiRequest } from '../request.ts'
import type { ApiResponse, BodyResponse } from '../response.ts'
import { bodyResponse, jsonBody } from '../response.ts'
import { Authentication } from './authentication.ts'
import { makeCertificates } from './certificates.ts'
import { apiRequest, errorResponse, respond } from './exchange.ts'
import type { Shift } from './exchange.ts'
import { kubeConfigText } from './kube-config.ts'
import { LedClients, NOW_HEADER, askMsOf, startedBy } from './led-clients.ts'
import type { LedResponse } from './led-clients.ts'
import { kubectlAt } from './peer.ts'
import { purposeOf } from './purpose.ts'
import type { Purpose } from './purpose.ts'
import { Shifts } from './shifts.ts'
import { Upgrades } from './upgrades.ts'
import { refusal } from './user.ts'

/** What is served, how, and under which clock. */
export interface ServeOptions {
  /** Answers a request at once; refusals are answers or ApiErrors. */
  readonly api: { handle(request: ApiRequest): ApiResponse }
  readonly clock: ClientClock
  /** 0 or left out: any free one. */
  readonly port?: number
  /** Where to listen: the loopback, reachable from this machine alone, unless told. */
  readonly host?: string
  /** Whether to speak TLS, with an authority of its own; true if left out. */
  readonly tls?: boolean
  /** The secret of the kubeconfig, for a server that takes the place of another; a new one unless told. */
  readonly token?: string
  /** Names and addresses, beside those of the loopback, under which clients may reach the server over TLS. */
  readonly names?: readonly string[]
  /** Told of errors that are no refusals: faults of the simulator. */
  readonly onFailure?: (error: unknown) => void
}

/** A served API. */
export interface ApiServer {
  /** `https://127.0.0.1:43210`; a plain server's ends in a secret. */
  readonly url: string
  /** The text of a kubeconfig file, with its context in `namespace`. */
  kubeConfig(namespace?: string): string
  /** Closes the port and every connection. */
  close(): Promise<void>
}

/** The clock's state, for whoever asks why nothing goes on. */
const CLOCK_PATH = '/podproof/clock'
/** Enough for a request line with a page of selectors. */
const HEADER_LIMIT_BYTES = 64 * 1024

/** Serves until closed. Rejects when the port is taken. */
export async function serveApi(options: ServeOptions): Promise<ApiServer> {
  const { tls = true, host: listenAt = '127.0.0.1', port = 0, names = [] } = options
  const certificates = tls ? await makeCertificates(hostWall.now(), names) : undefined
  const { token = hostSecret(32) } = options
  const host = new Host(options, new Authentication(token, !tls))
  const limits = { maxHeaderSize: HEADER_LIMIT_BYTES, keepAlive: true }
  const server = certificates
    ? createTlsServer({
        ...limits,
        key: certificates.server.key,
        cert: certificates.server.certificate,
        ca: certificates.authority,
        // A certificate of somebody else is as good as none: the token may still be right.
        requestCert: true,
        rejectUnauthorized: false,
      })
    : createServer(limits)
  host.attach(server)
  await listening(server, port, listenAt)
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  // Clients send their token over TLS only (client-go/tools/clientcmd): without, the address itself is the secret.
  const url = tls ? `https://${address}` : `http://${address}/${token}`
  return {
    url,
    kubeConfig: (namespace) => kubeConfigText({ url, token, certificates, namespace }),
    close: () => host.close(server),
  }
}

/** Takes the requests of all connections. */
class Host {
  #api: ServeOptions['api']
  #clock: ClientClock
  #authentication: Authentication
  #onFailure: (error: unknown) => void
  #connections = new Map<Socket, Connection>()
  #led: LedClients
  #shifts: Shifts
  #upgrades: Upgrades
  #made = 0

  constructor({ api, clock, onFailure = () => {} }: ServeOptions, authentication: Authentication) {
    this.#api = api
    this.#clock = clock
    this.#authentication = authentication
    this.#onFailure = onFailure
    this.#led = new LedClients(clock)
    this.#shifts = new Shifts(clock, (ms, leader) =>
      leader === undefined ? clock.noteShift(ms) : this.#led.noteShift(leader, ms),
    )
    this.#upgrades = new Upgrades((error) => errorResponse(error, onFailure))
  }

  attach(server: Server): void {
    server.on('connection', (socket: Socket) => this.#remember(socket))
    server.on('secureConnection', (socket: Socket) => this.#remember(socket))
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.#request(request, response),
    )
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#upgrade(request, socket, head),
    )
    // Watches live as long as their clients want; a client that stalls in its request is the clock's concern.
    server.requestTimeout = 60_000
    server.timeout = 0
  }

  async close(server: Server): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of this.#connections.keys()) socket.destroy()
    await closed
  }

  async #request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = this.#asked(request)
    const call = this.#begin(asked)
    response.on('close', () => call.end())
    const { purpose, leader } = asked
    const { led } = purpose
    const answer = await this.#answer(asked)
    if (response.destroyed) return
    if (answer.is === 'led') return answer.take(response, call)
    if (led !== undefined) response.setHeader(NOW_HEADER, this.#led.now())
    // Streams to containers begin with an upgrade; the API refuses them here.
    if (answer.is === 'connection' || answer.is === 'forward') answer.connection.hangUp()
    else {
      const stamp = led === undefined ? undefined : () => this.#led.stamp(led)
      const streamed = this.#streamed(led)
      respond(answer, response, call, {
        purpose,
        shift: this.#shift(purpose, leader),
        stamp,
        streamed,
      })
    }
  }

  async #answer(asked: Asked): Promise<ApiResponse | LedResponse> {
    const { request, path, purpose } = asked
    try {
      const refused = this.#refusal(asked)
      if (refused) return refused
      const whole = await apiRequest(request, path)
      const leading = purpose.led === undefined ? undefined : this.#led.response(purpose.led, path)
      if (leading) return leading
      return path === CLOCK_PATH ? this.#clockState() : this.#api.handle(whole)
    } catch (error) {
      return errorResponse(error, this.#onFailure)
    }
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const asked = this.#asked(request)
    const call = this.#begin(asked)
    socket.on('close', () => call.end())
    socket.on('error', () => {})
    const { method = 'GET', headers } = request
    const { path, purpose } = asked
    const answer = () =>
      this.#refusal(asked) ??
      this.#api.handle({ method, path, headers: headers as Record<string, string | undefined> })
    const streamed = this.#streamed(purpose.led)
    this.#upgrades.take({ request, socket, head, call, answer, streamed })
  }

  #streamed(led: string | undefined): ((bytes: number) => void) | undefined {
    return led === undefined ? undefined : (bytes) => this.#led.streamed(led, bytes)
  }

  #refusal({ request, path }: Asked): BodyResponse | undefined {
    const user = this.#authentication.userOf(request)
    const refused = refusal(user, request.method ?? 'GET', path)
    return refused && errorResponse(refused, this.#onFailure)
  }

  #asked(request: IncomingMessage): Asked {
    return {
      request,
      purpose: purposeOf(request.headers),
      ...startedBy(this.#authentication.pathOf(request)),
    }
  }

  #begin({ request, path, leader, purpose }: Asked) {
    const { command, session, mostMs } = purpose
    const { pathname } = new URL(path, 'http://localhost')
    const connection = this.#connections.get(request.socket)
    const askMs = askMsOf(pathname)
    return this.#clock.begin({
      client: session ?? connection?.name ?? 'a connection',
      what: `${command ?? request.headers['user-agent'] ?? 'a client'}: ${request.method} ${pathname}`,
      stance: 'asks',
      ...(mostMs !== undefined && { mostMs }),
      ...(askMs !== undefined && { askMs }),
      leader,
      process: command === undefined ? undefined : connection?.kubectl,
    })
  }

  #clockState(): BodyResponse {
    return bodyResponse(200, jsonBody(this.#clock.state()))
  }

  #shift({ computesAges, session = '' }: Purpose, leader: string | undefined): Shift | undefined {
    return computesAges ? (value) => this.#shifts.shifted(value, session, leader) : undefined
  }

  #remember(socket: Socket): void {
    this.#connections.set(socket, { name: `connection ${++this.#made}`, kubectl: kubectlAt(socket) })
    socket.on('close', () => this.#connections.delete(socket))
    // A client may break off at any moment: its calls end with the close event.
    socket.on('error', () => {})
  }
}

/** A request, and what its head says. */
interface Asked {
  readonly request: IncomingMessage
  /** As the API knows it. */
  readonly path: string
  /** The led client on whose behalf it is asked, if there is one. */
  readonly leader: string | undefined
  readonly purpose: Purpose
}

/** What is known of a connection. */
interface Connection {
  readonly name: string
  /** The process at its other end, if that is kubectl on this host. */
  readonly kubectl: ReturnType<typeof kubectlAt>
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
