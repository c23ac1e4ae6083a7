// port-forward: SPDY frames inside of a WebSocket, two streams for each connection (kubernetes/07 7.6).

import type { WebSocket } from 'ws'
import type { Call } from '../../../time/client-clock.ts'
import type { ForwardConnection, ForwardStream } from '../node-streams.ts'
import type { Frame } from './spdy/frames.ts'
import { dataFrame, FrameReader, pingFrame, synReply } from './spdy/frames.ts'
import { HeaderReader, HeaderWriter } from './spdy/headers.ts'
import { bytesOf } from './web-socket-bytes.ts'

/** What kubectl has spoken since 1.31. */
export const FORWARD_PROTOCOL = 'SPDY/3.1+portforward.k8s.io'

/** Connects a WebSocket with ports of a Pod, until either ends. */
export function connectForward(socket: WebSocket, connection: ForwardConnection, call: Call): void {
  // Nobody knows when something will come through: it gets the wall's pace.
  call.become('listens')
  const tunnel = new Tunnel(connection, (bytes) => {
    if (socket.readyState === socket.OPEN) socket.send(bytes)
    call.told()
  })
  socket.on('message', (data) => {
    call.heard()
    tunnel.receive(bytesOf(data)).catch(() => socket.close(PROTOCOL_ERROR))
  })
  socket.on('close', () => {
    tunnel.close()
    connection.hangUp()
    call.end()
  })
  // What is wrong with a connection shows in its close event, which follows.
  socket.on('error', () => {})
}

const PROTOCOL_ERROR = 1002

/** The two streams of one forwarded connection, by the id that the client gives them. */
interface Pair {
  error?: number
  data?: number
  stream?: ForwardStream
}

/** The server's side of one tunnel. */
class Tunnel {
  #connection: ForwardConnection
  #send: (bytes: Buffer) => void
  #frames = new FrameReader()
  #headers = new HeaderReader()
  #replies = new HeaderWriter()
  #pairs = new Map<string, Pair>()
  #streams = new Map<number, ForwardStream>()
  /** Frames are taken one after the other: headers are inflated in between. */
  #taken: Promise<void> = Promise.resolve()

  constructor(connection: ForwardConnection, send: (bytes: Buffer) => void) {
    this.#connection = connection
    this.#send = send
  }

  /** Rejects for bytes that make no sense. */
  receive(bytes: Buffer): Promise<void> {
    this.#taken = this.#taken.then(async () => {
      for (const frame of this.#frames.read(bytes)) await this.#take(frame)
    })
    return this.#taken
  }

  close(): void {
    for (const stream of this.#streams.values()) stream.end()
    this.#headers.close()
    this.#replies.close()
  }

  async #take(frame: Frame): Promise<void> {
    if (frame.is === 'syn') await this.#accept(frame.stream, await this.#headers.read(frame.block))
    if (frame.is === 'headers') await this.#headers.read(frame.block)
    if (frame.is === 'ping') this.#send(pingFrame(frame.payload))
    if (frame.is === 'reset') this.#streams.get(frame.stream)?.end()
    if (frame.is !== 'data') return
    const stream = this.#streams.get(frame.stream)
    if (frame.data.length > 0) stream?.write(frame.data)
    if (frame.isLast) stream?.end()
  }

  async #accept(id: number, headers: ReadonlyMap<string, string>): Promise<void> {
    this.#send(synReply(id, await this.#replies.empty()))
    const requestId = headers.get('requestid') ?? ''
    const pair = this.#pairs.get(requestId) ?? {}
    this.#pairs.set(requestId, pair)
    if (headers.get('streamtype') === 'error') pair.error = id
    else pair.data = id
    const { error, data } = pair
    if (error === undefined || data === undefined) return
    this.#pairs.delete(requestId)
    this.#connect(Number(headers.get('port')), error, data)
  }

  #connect(port: number, errorId: number, dataId: number): void {
    const stream = this.#connection.connect(port, {
      data: (chunk) => this.#send(dataFrame(dataId, chunk, false)),
      error: (message) => this.#send(dataFrame(errorId, Buffer.from(message), false)),
      end: () => {
        for (const id of [errorId, dataId]) this.#send(dataFrame(id, Buffer.alloc(0), true))
        this.#streams.delete(dataId)
      },
    })
    this.#streams.set(dataId, stream)
  }
}
