// Requests that become connections: the WebSocket handshake, and what is said instead when there is none.

import type { IncomingMessage } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Call } from '../../../time/client-clock.ts'
import type { ApiResponse, BodyResponse } from '../response.ts'
import { textResponse } from '../response.ts'
import { CHANNEL_PROTOCOLS, connectChannels } from './channels.ts'
import type { Streams } from './channels.ts'
import { connectForward, FORWARD_PROTOCOL } from './port-forward.ts'

/** A request with an Upgrade header. */
export interface UpgradeRequest {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What the client sent behind its request already. */
  readonly head: Buffer
  readonly call: Call
  /** Asks the API; may throw its refusal. */
  readonly answer: () => ApiResponse
  /** Told how much is written to the client; undefined for clients that live on the wall's time. */
  readonly streamed: ((bytes: number) => void) | undefined
}

/** Turns requests into connections, or refuses them with the same words over either protocol (kubectl falls back). */
export class Upgrades {
  #sockets = new WebSocketServer({ noServer: true })
  #failed: (error: unknown) => BodyResponse

  /** `failed` makes an answer of what was thrown. */
  constructor(failed: (error: unknown) => BodyResponse) {
    this.#failed = failed
  }

  take({ request, socket, head, call, answer, streamed }: UpgradeRequest): void {
    const answered = this.#answered(answer)
    if (answered.is === 'body') return refuse(socket, answered)
    if (answered.is !== 'connection' && answered.is !== 'forward')
      return refuse(socket, textResponse(400, 'this path has no streams to upgrade to'))
    const protocols = answered.is === 'forward' ? [FORWARD_PROTOCOL] : CHANNEL_PROTOCOLS
    const refused = handshakeRefusal(request, protocols)
    if (refused) {
      answered.connection.hangUp()
      return refuse(socket, refused)
    }
    const protocol = protocols.find((known) => offeredBy(request).includes(known)) ?? ''
    this.#shakeHands({ request, socket, head }, protocol, (webSocket) => {
      if (answered.is === 'forward') connectForward(webSocket, answered.connection, call)
      else
        connectChannels(webSocket, answered.connection, { ...streamsOf(request), protocol }, call, streamed)
    })
  }

  /** The protocol is ours to negotiate: `ws` takes a slash in its name for a mistake. */
  #shakeHands(
    { request, socket, head }: Pick<UpgradeRequest, 'head' | 'request' | 'socket'>,
    protocol: string,
    connected: (webSocket: WebSocket) => void,
  ): void {
    const say = (headers: string[]) => void (protocol && headers.push(`Sec-WebSocket-Protocol: ${protocol}`))
    delete request.headers['sec-websocket-protocol']
    this.#sockets.on('headers', say)
    this.#sockets.handleUpgrade(request, socket, head, connected)
    this.#sockets.off('headers', say)
  }

  #answered(answer: () => ApiResponse): ApiResponse {
    try {
      return answer()
    } catch (error) {
      return this.#failed(error)
    }
  }
}

function offeredBy({ headers }: IncomingMessage): string[] {
  return headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? []
}

/** What an exec or attach asks for. */
function streamsOf({ url = '/' }: IncomingMessage): Omit<Streams, 'protocol'> {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const wants = (name: string) =>
    searchParams.has(name) && !['0', 'false'].includes(searchParams.get(name) ?? '')
  return { isExec: pathname.endsWith('/exec'), stdout: wants('stdout'), stderr: wants('stderr') }
}

/** Why there will be no WebSocket, in the words of a real server (golden exchanges `ws-protocol-*`, `ws-version-8`). */
function handshakeRefusal(request: IncomingMessage, protocols: readonly string[]): BodyResponse | undefined {
  const { headers } = request
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    const text = `unable to upgrade: ${headers.upgrade} is not served here, only WebSocket (${protocols.join(', ')})`
    return textResponse(400, text)
  }
  if (headers['sec-websocket-version'] !== '13') return textResponse(400, 'missing or bad WebSocket Version')
  const offered = offeredBy(request)
  const isKnown = offered.length === 0 || protocols.some((protocol) => offered.includes(protocol))
  return isKnown ? undefined : textResponse(403, '')
}

function refuse(socket: Duplex, { status, headers, body }: BodyResponse): void {
  const bytes = body.bytes()
  const lines = Object.entries({ ...headers, 'content-length': String(bytes.length), connection: 'close' })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n`), bytes]),
  )
}
