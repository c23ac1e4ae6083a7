// The wire format of protobuf: fields by number, each a varint or bytes.

import { badRequest } from '../../../store/api-error.ts'

/** A varint as it stands, or the bytes of anything else. */
export type WireValue = bigint | Buffer

const VARINT = 0
const FIXED64 = 1
const DELIMITED = 2
const FIXED32 = 5

/** The fields of one message, in order. Throws a 400 where the bytes end early or make no sense. */
export class WireReader implements Iterable<readonly [number, WireValue]> {
  #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  *[Symbol.iterator](): Iterator<readonly [number, WireValue]> {
    while (this.#at < this.#bytes.length) {
      const key = Number(this.#varint())
      yield [Math.floor(key / 8), this.#value(key % 8)]
    }
  }

  #value(type: number): WireValue {
    if (type === VARINT) return this.#varint()
    if (type === FIXED64) return this.#take(8)
    if (type === DELIMITED) return this.#take(Number(this.#varint()))
    if (type === FIXED32) return this.#take(4)
    throw badRequest(`the body is no protobuf: there is no wire type ${type}`)
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = BigInt(this.#take(1)[0] ?? 0)
      value |= (byte & 0x7fn) << shift
      if (byte < 0x80n) return value
    }
    throw badRequest('the body is no protobuf: a number has more than ten bytes')
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw badRequest('the body is no protobuf: it ends too early')
    const bytes = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return bytes
  }
}
