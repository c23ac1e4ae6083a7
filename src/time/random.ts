// Chance that can be repeated: everything that may differ between two runs is drawn from a seed.

/** A stream of numbers fixed by its seed (xoshiro128**, seeded with FNV-1a of the text). */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
    const stem = hashed(`${seed}/`)
    this.#a = mixed(hashed('a', stem))
    this.#b = mixed(hashed('b', stem))
    this.#c = mixed(hashed('c', stem))
    this.#d = mixed(hashed('d', stem)) | 1
  }

  /** A stream of its own for one purpose: what one purpose draws never shifts what another one gets. */
  fork(purpose: string): Random {
    return new Random(`${this.#seed}/${purpose}`)
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = rotate(this.#d, 11)
    return result
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number {
    return this.uint32() / 0x1_0000_0000
  }

  /** A whole number from `least` to `most`, both inclusive. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** One of `choices`, each as likely as the others. */
  pick<T>(choices: ArrayLike<T>): T {
    return choices[Math.floor(this.next() * choices.length)] as T
  }

  /** `length` characters out of `alphabet`. */
  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => this.pick(alphabet)).join('')
  }

  /** 64 hexadecimal digits: the id of a container. */
  hex64(): string {
    const parts: string[] = []
    for (let word = 0; word < 8; word++) {
      const value = this.uint32()
      parts.push(hex(value >>> 16), hex(value))
    }
    return parts.join('')
  }

  /** A version 4 UUID. */
  uuid(): string {
    const [a, b, c, d] = [this.uint32(), this.uint32(), this.uint32(), this.uint32()]
    const version = (b & 0xffff_0fff) | 0x4000
    const variant = (c & 0x3fff_ffff) | 0x8000_0000
    const parts = [hex(a >>> 16) + hex(a), hex(version >>> 16), hex(version), hex(variant >>> 16)]
    // Joined, and not pieced together: names live long, and V8 keeps the pieces of a text beside it.
    return [...parts, hex(c) + hex(d >>> 16) + hex(d)].join('-')
  }
}

/** The low 16 bits in hexadecimal, as four digits. */
function hex(value: number): string {
  return (BYTES[(value >>> 8) & 0xff] as string) + (BYTES[value & 0xff] as string)
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/** FNV-1a, which can go on from the hash of what stands before `text`. */
function hashed(text: string, before = 0x811c9dc5): number {
  let value = before
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}

/** A last mix: FNV alone leaves the high bits of short texts alike. */
function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16)
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  return value >>> 0
}
