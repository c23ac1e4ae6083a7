// HTTP/2 frames, and headers without compression (RFC 9113, RFC 7541): what one gRPC call takes.

import type { Bytes } from '../../bytes.ts'

export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
export const FRAME = { data: 0, headers: 1, settings: 4, ping: 6 } as const
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4 } as const

const HEAD_BYTES = 9

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Bytes
}

export function frame(type: number, flags: number, stream: number, payload: Bytes): Bytes {
  return `${integer(payload.length, 3)}${integer(type, 1)}${integer(flags, 1)}${integer(stream, 4)}${payload}`
}

/** The whole frames at the beginning, and what is left. */
export function framesIn(bytes: Bytes): { readonly frames: readonly Frame[]; readonly rest: Bytes } {
  const frames: Frame[] = []
  let at = 0
  while (at + HEAD_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + number(bytes, at, 3)
    if (end > bytes.length) break
    const payload = bytes.slice(at + HEAD_BYTES, end)
    frames.push({
      type: number(bytes, at + 3, 1),
      flags: number(bytes, at + 4, 1),
      stream: number(bytes, at + 5, 4),
      payload,
    })
    at = end
  }
  return { frames, rest: bytes.slice(at) }
}

/** Literal header fields without indexing and without Huffman coding. */
export function literalHeaders(headers: Readonly<Record<string, string>>): Bytes {
  return Object.entries(headers)
    .map(([name, value]) => `\0${integer(name.length, 1)}${name}${integer(value.length, 1)}${value}`)
    .join('')
}

/** The service that a HealthCheckRequest names: a gRPC message whose field 1 is its name. */
export function serviceAsked(message: Bytes): string {
  const body = message.slice(5)
  return body.startsWith('\x0a') ? body.slice(2, 2 + body.charCodeAt(1)) : ''
}

function integer(value: number, bytes: number): Bytes {
  return Array.from({ length: bytes }, (_, index) =>
    String.fromCharCode((value >> (8 * (bytes - 1 - index))) & 255),
  ).join('')
}

function number(bytes: Bytes, at: number, length: number): number {
  return Array.from({ length }, (_, index) => bytes.charCodeAt(at + index)).reduce(
    (sum, byte) => sum * 256 + byte,
    0,
  )
}
