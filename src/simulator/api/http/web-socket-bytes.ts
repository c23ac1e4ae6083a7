// A message of a WebSocket as one buffer, however it came.

import type { RawData } from 'ws'

export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
