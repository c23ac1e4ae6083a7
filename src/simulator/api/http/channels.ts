// exec and attach over a WebSocket: streams as channels, one byte in front of each message (kubernetes/07 7.6).

import type { RawData, WebSocket } from 'ws'
import type { Call } from '../../../time/client-clock.ts'
import type { ExecConnection, ExecResult } from '../node-streams.ts'
import { bytesOf } from './web-socket-bytes.ts'

const STDIN = 0
const STDOUT = 1
const STDERR = 2
const ERROR = 3
const RESIZE = 4
/** v5: the byte behind it names the channel whose stream has ended. */
const CLOSE = 255

/** What both sides can speak, the best first (kubelet: remotecommand/websocket.go). */
export const CHANNEL_PROTOCOLS = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
] as const

/** What the client has asked for. */
export interface Streams {
  /** Of CHANNEL_PROTOCOLS; empty for the oldest, which has no name. */
  readonly protocol: string
  /** A command of its own (exec), or the container's process (attach). */
  readonly isExec: boolean
  readonly stdout: boolean
  readonly stderr: boolean
}

/** Connects a WebSocket with a command in a container, until either ends. `streamed` is told how much of it the client has to read. */
export function connectChannels(
  socket: WebSocket,
  connection: ExecConnection,
  streams: Streams,
  call: Call,
  streamed: (bytes: number) => void = () => {},
): void {
  const isBase64 = streams.protocol.includes('base64')
  const send = (channel: number, data: Uint8Array) => {
    if (socket.readyState !== socket.OPEN) return
    socket.send(isBase64 ? `${channel}${Buffer.from(data).toString('base64')}` : framed(channel, data))
    streamed(data.length)
    call.told()
  }
  let hasEnded = false
  // An exec consents to a leap while its process waits for the clock and not for its client; nobody knows when an
  // attached container will say something. After the end nothing in the cluster can change what the client does.
  const mayLeap = () => streams.isExec && !hasEnded && !connection.isReadingStdin
  call.follow(() => (mayLeap() ? 'consents' : 'listens'))
  // A first, empty message tells the client that its streams stand (apiserver/pkg/util/proxy/websocket.go).
  send(streams.stdout ? STDOUT : streams.stderr ? STDERR : ERROR, new Uint8Array())
  socket.on('message', (data) => {
    call.heard()
    receive(connection, isBase64 ? decoded(data) : bytesOf(data))
  })
  socket.on('close', () => {
    connection.hangUp()
    call.end()
  })
  // What is wrong with a connection shows in its close event, which follows.
  socket.on('error', () => {})
  connection.open({
    stdout: (chunk) => send(STDOUT, chunk),
    stderr: (chunk) => send(STDERR, chunk),
    end(result) {
      send(ERROR, Buffer.from(JSON.stringify(resultStatus(result))))
      socket.close(1000)
      hasEnded = true
      call.become('listens')
    },
  })
}

function receive(connection: ExecConnection, frame: Buffer): void {
  const channel = frame[0]
  const data = frame.subarray(1)
  if (channel === STDIN) connection.stdin(data)
  if (channel === CLOSE && data[0] === STDIN) connection.closeStdin()
  if (channel === RESIZE) resize(connection, data.toString())
}

function resize(connection: ExecConnection, text: string): void {
  const size = parsed(text) as { readonly Width?: unknown; readonly Height?: unknown } | undefined
  if (typeof size?.Width === 'number' && typeof size.Height === 'number')
    connection.resize(size.Width, size.Height)
}

/** A message that is no JSON resizes nothing, as on a real kubelet. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the error channel carries at the end (apimachinery/pkg/util/remotecommand, client-go/util/exec). */
function resultStatus(result: ExecResult): unknown {
  if (result.is === 'exit' && result.code === 0) return { metadata: {}, status: 'Success' }
  if (result.is === 'failure') {
    return {
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${result.message}`,
      reason: 'InternalError',
      details: { causes: [{ message: result.message }] },
      code: 500,
    }
  }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: command terminated with exit code ${result.code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(result.code) }] },
  }
}

function framed(channel: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(channel), data])
}

function decoded(data: RawData): Buffer {
  const text = bytesOf(data).toString()
  return Buffer.concat([Buffer.of(Number(text[0])), Buffer.from(text.slice(1), 'base64')])
}
