// Requests that become connections: the WebSocket handshake, and what is said instead when there is none.

import type { IncomingMessage } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Call } from '../../../time/client-clock.ts'
import type { ApiResponse, BodyResponse } from '../response.ts'
import { textResponse } from '../response.ts'
import { CHANNEL_PROTOCOLS, connectChannels } from './channels.ts'

/** A request with an Upgrade header. */
export interface UpgradeRequest {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What the client sent behind its request already. */
  readonly head: Buffer
  readonly call: Call
  /** Asks the API; may throw its refusal. */
  readonly answer: () => ApiResponse
}

/** Turns requests into connections, or refuses them with the same words over either protocol (kubectl falls back). */
export class Upgrades {
  #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => CHANNEL_PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  })
  #failed: (error: unknown) => BodyResponse

  /** `failed` makes an answer of what was thrown. */
  constructor(failed: (error: unknown) => BodyResponse) {
    this.#failed = failed
  }

  take({ request, socket, head, call, answer }: UpgradeRequest): void {
    const answered = this.#answered(answer)
    if (answered.is === 'body') return refuse(socket, answered)
    if (answered.is !== 'connection')
      return refuse(socket, textResponse(400, 'this path has no streams to upgrade to'))
    const { connection } = answered
    const refused = handshakeRefusal(request)
    if (refused) {
      connection.hangUp()
      return refuse(socket, refused)
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const wants = (name: string) =>
      searchParams.has(name) && !['0', 'false'].includes(searchParams.get(name) ?? '')
    const streams = { isExec: pathname.endsWith('/exec'), stdout: wants('stdout'), stderr: wants('stderr') }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) =>
      connectChannels(webSocket, connection, streams, call),
    )
  }

  #answered(answer: () => ApiResponse): ApiResponse {
    try {
      return answer()
    } catch (error) {
      return this.#failed(error)
    }
  }
}

/** Why there will be no WebSocket, in the words of a real server (golden exchanges `ws-protocol-*`, `ws-version-8`). */
function handshakeRefusal({ headers }: IncomingMessage): BodyResponse | undefined {
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    const text = `unable to upgrade: ${headers.upgrade} is not served here, only WebSocket (${CHANNEL_PROTOCOLS.join(', ')})`
    return textResponse(400, text)
  }
  if (headers['sec-websocket-version'] !== '13') return textResponse(400, 'missing or bad WebSocket Version')
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? []
  const isKnown = offered.length === 0 || CHANNEL_PROTOCOLS.some((protocol) => offered.includes(protocol))
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
