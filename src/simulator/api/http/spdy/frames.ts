// Frames of SPDY/3.1: cut out of a stream of bytes, and put together.

/** What a peer can say. Frames that only tune the connection (settings, windows) are `other`. */
export type Frame =
  | { readonly is: 'data'; readonly stream: number; readonly isLast: boolean; readonly data: Buffer }
  | { readonly is: 'goaway' }
  | { readonly is: 'headers'; readonly block: Buffer }
  | { readonly is: 'other' }
  | { readonly is: 'ping'; readonly payload: Buffer }
  | { readonly is: 'reset'; readonly stream: number }
  | { readonly is: 'syn'; readonly stream: number; readonly isLast: boolean; readonly block: Buffer }

const HEADER_BYTES = 8
const IS_LAST = 1
const SYN_STREAM = 1
const SYN_REPLY = 2
const RST_STREAM = 3
const PING = 6
const GOAWAY = 7
const HEADERS = 8
const CONTROL = 0x8003

/** Collects bytes until they are frames. */
export class FrameReader {
  #bytes = Buffer.alloc(0)

  /** The frames that are whole now. */
  read(bytes: Buffer): Frame[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const frames: Frame[] = []
    while (this.#bytes.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + (this.#bytes.readUInt32BE(4) & 0xff_ffff)
      if (this.#bytes.length < end) break
      frames.push(frameOf(this.#bytes.subarray(0, end)))
      this.#bytes = this.#bytes.subarray(end)
    }
    return frames
  }
}

function frameOf(bytes: Buffer): Frame {
  const isLast = (bytes.readUInt8(4) & IS_LAST) !== 0
  const payload = bytes.subarray(HEADER_BYTES)
  if ((bytes.readUInt8(0) & 0x80) === 0)
    return { is: 'data', stream: bytes.readUInt32BE(0), isLast, data: payload }
  const type = bytes.readUInt16BE(2)
  // Stream, associated stream, priority and slot stand before the headers.
  if (type === SYN_STREAM)
    return { is: 'syn', stream: payload.readUInt32BE(0), isLast, block: payload.subarray(10) }
  if (type === RST_STREAM) return { is: 'reset', stream: payload.readUInt32BE(0) }
  if (type === PING) return { is: 'ping', payload }
  if (type === GOAWAY) return { is: 'goaway' }
  return type === HEADERS ? { is: 'headers', block: payload.subarray(4) } : { is: 'other' }
}

export function dataFrame(stream: number, data: Uint8Array, isLast: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(stream, 0)
  header.writeUInt32BE(((isLast ? IS_LAST : 0) << 24) | data.length, 4)
  return Buffer.concat([header, data])
}

/** Accepts a stream. */
export function synReply(stream: number, block: Buffer): Buffer {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(stream)
  return controlFrame(SYN_REPLY, Buffer.concat([id, block]))
}

export function pingFrame(payload: Buffer): Buffer {
  return controlFrame(PING, payload)
}

function controlFrame(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt16BE(CONTROL, 0)
  header.writeUInt16BE(type, 2)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}
