// One call of grpc.health.v1.Health/Check, in the few frames of HTTP/2 that it takes.

import type { Timers } from '../../../time/clock.ts'
import type { Bytes } from '../../../process/bytes.ts'
import type { Network } from '../../../process/network.ts'
import { connect, readable } from '../handlers/connect.ts'
import { after, type Work } from '../work.ts'
import type { ProbeOutcome } from './probe-outcome.ts'

/** Whom to ask about which service. */
export interface GrpcRequest {
  readonly network: Network
  readonly timers: Timers
  readonly host: string
  readonly port: number
  readonly service: string
  readonly timeoutMs: number
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
const FRAME = { data: 0, headers: 1, settings: 4 } as const
const FLAG = { endStream: 1, endHeaders: 4, ack: 1 } as const
const SERVING = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN']

/** Texts: pkg/probe/grpc/grpc.go; a refused connection is tried again until the time is up (recording probe-grpc). */
export function* grpcHealth(request: GrpcRequest): Work<ProbeOutcome> {
  const { network, timers, host, port, timeoutMs, service } = request
  const deadlineMs = timers.now() + timeoutMs
  const seconds = timeoutMs / 1_000
  const connection = yield* connect({ network, timers, host, port, deadlineMs })
  if (typeof connection === 'string') {
    yield after(timers, Math.max(deadlineMs - timers.now(), 0))
    const output = `timeout: failed to connect service "${host}:${port}" within ${seconds}s: context deadline exceeded`
    return { is: 'failure', output }
  }
  connection.write(PREFACE + frame(FRAME.settings, 0, 0, '') + call(`${host}:${port}`, service))
  let received = ''
  for (;;) {
    const bytes = connection.incoming.read(65_536)
    if (bytes) received += bytes
    const outcome = outcomeOf(received)
    if (outcome || bytes === '') {
      connection.close()
      return (
        outcome ?? {
          is: 'failure',
          output:
            'error: health rpc probe failed: rpc error: code = Unavailable desc = error reading from server: EOF',
        }
      )
    }
    if (bytes !== undefined) continue
    if (timers.now() >= deadlineMs) {
      connection.close()
      return { is: 'failure', output: `timeout: health rpc did not complete within ${seconds}s` }
    }
    yield readable(connection.incoming.readable, timers, deadlineMs)
  }
}

function frame(type: number, flags: number, stream: number, payload: Bytes): Bytes {
  const length = payload.length
  const head = [
    length >> 16,
    length >> 8,
    length,
    type,
    flags,
    stream >> 24,
    stream >> 16,
    stream >> 8,
    stream,
  ]
  return String.fromCharCode(...head.map((byte) => byte & 0xff)) + payload
}

function call(authority: string, service: string): Bytes {
  const headers: [string, string][] = [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', '/grpc.health.v1.Health/Check'],
    [':authority', authority],
    ['content-type', 'application/grpc'],
    ['user-agent', 'kube-probe/1.36 grpc-go'],
    ['te', 'trailers'],
  ]
  const block = headers.map(([name, value]) => `\0${lengthed(name)}${lengthed(value)}`).join('')
  const message = service === '' ? '' : `\x0a${lengthed(service)}`
  const length = message.length
  const body = `\0${String.fromCharCode(length >> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff)}${message}`
  return frame(FRAME.headers, FLAG.endHeaders, 1, block) + frame(FRAME.data, FLAG.endStream, 1, body)
}

/** HPACK's literal string and protobuf's bytes: short ones are a length and the text. */
function lengthed(text: string): Bytes {
  return String.fromCharCode(text.length) + text
}

/** What the reply says, once it is whole: the status of the rpc, and of the service. */
function outcomeOf(received: Bytes): ProbeOutcome | undefined {
  let serving = 0
  for (let at = 0; at + 9 <= received.length;) {
    const byte = (index: number) => received.charCodeAt(at + index)
    const length = (byte(0) << 16) | (byte(1) << 8) | byte(2)
    if (at + 9 + length > received.length) return undefined
    const payload = received.slice(at + 9, at + 9 + length)
    if (byte(3) === FRAME.data && payload.charCodeAt(5) === 0x08) serving = payload.charCodeAt(6)
    if (byte(3) === FRAME.headers && byte(4) & FLAG.endStream) return ofTrailers(payload, serving)
    at += 9 + length
  }
  return undefined
}

function ofTrailers(block: Bytes, serving: number): ProbeOutcome {
  const header = (name: string) => {
    const at = block.indexOf(lengthed(name))
    if (at < 0) return undefined
    const from = at + 1 + name.length
    return block.slice(from + 1, from + 1 + block.charCodeAt(from))
  }
  const code = Number(header('grpc-status') ?? '2')
  if (code === 0 && serving === 1) return { is: 'success', output: 'service healthy' }
  if (code === 0)
    return { is: 'failure', output: `service unhealthy (responded with "${SERVING[serving] ?? serving}")` }
  const description = `rpc error: code = ${CODES[code] ?? code} desc = ${header('grpc-message') ?? ''}`
  if (code === 12)
    return {
      is: 'failure',
      output: `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${header('grpc-message') ?? ''}`,
    }
  return { is: 'failure', output: `error: health rpc probe failed: ${description}` }
}

const CODES: Readonly<Record<number, string>> = {
  2: 'Unknown',
  4: 'DeadlineExceeded',
  5: 'NotFound',
  14: 'Unavailable',
}
