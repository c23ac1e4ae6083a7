// Header blocks of SPDY/3: name and value pairs, compressed in one stream for each direction of a connection.

import { constants, createDeflate, createInflate } from 'node:zlib'
import type { Deflate, Inflate } from 'node:zlib'
import { dictionary } from './dictionary.ts'

/** Reads the blocks of one direction, in their order: each depends on all before it. */
export class HeaderReader {
  #inflate: Inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH })
  #chunks: Buffer[] = []

  constructor() {
    this.#inflate.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
  }

  /** Rejects for a block that cannot be inflated. */
  async read(block: Buffer): Promise<ReadonlyMap<string, string>> {
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject)
      this.#inflate.write(block, () => {
        this.#inflate.off('error', reject)
        resolve()
      })
    })
    return pairsOf(Buffer.concat(this.#chunks.splice(0)))
  }

  close(): void {
    this.#inflate.destroy()
  }
}

/** Writes the blocks of one direction. */
export class HeaderWriter {
  #deflate: Deflate = createDeflate({ dictionary })
  #chunks: Buffer[] = []

  constructor() {
    this.#deflate.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
  }

  /** A block without headers: nobody reads what a server of streams would say. */
  async empty(): Promise<Buffer> {
    this.#deflate.write(Buffer.alloc(4))
    await new Promise<void>((resolve) => this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve))
    return Buffer.concat(this.#chunks.splice(0))
  }

  close(): void {
    this.#deflate.destroy()
  }
}

/** A count, then for each header the length of its name, the name, the length of its value, the value. */
function pairsOf(bytes: Buffer): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  let at = 4
  const take = () => {
    const length = bytes.readUInt32BE(at)
    const text = bytes.toString('utf8', at + 4, at + 4 + length)
    at += 4 + length
    return text
  }
  for (let rest = bytes.readUInt32BE(0); rest > 0; rest--) pairs.set(take().toLowerCase(), take())
  return pairs
}
