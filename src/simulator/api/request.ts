// A request as it comes in, and what can be read off it before anybody knows what it is about.

import { badRequest } from '../store/api-error.ts'

/** An HTTP request. Header names are in lower case. */
export interface ApiRequest {
  readonly method: string
  /** Path and query, as on the request line. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Uint8Array | string | undefined
}

/** The path in its decoded segments, and the query. */
export interface Target {
  readonly segments: readonly string[]
  readonly query: Query
}

/** Undefined for a path that is not percent-encoded well. */
export function targetOf({ path }: ApiRequest): Target | undefined {
  const at = path.indexOf('?')
  const pathname = at < 0 ? path : path.slice(0, at)
  const segments = pathname.replace(/^\/|\/$/g, '').split('/')
  try {
    return {
      segments: pathname === '/' ? [] : segments.map(decodeURIComponent),
      query: new Query(at < 0 ? '' : path.slice(at + 1)),
    }
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** The parameters of a request, read as Go reads them (apimachinery/pkg/conversion/queryparams). */
export class Query {
  readonly #parameters: URLSearchParams

  constructor(text: string) {
    this.#parameters = new URLSearchParams(text)
  }

  /** The first value, if the parameter is there at all. */
  text(name: string): string | undefined {
    return this.#parameters.get(name) ?? undefined
  }

  texts(name: string): readonly string[] {
    return this.#parameters.getAll(name)
  }

  has(name: string): boolean {
    return this.#parameters.has(name)
  }

  /** Everything but `false` and `0` is true, even nothing: `?watch=`. */
  flag(name: string): boolean | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : !['0', 'false'].includes(value.toLowerCase())
  }

  /** A whole number; what is none is a 400 in the words of strconv. */
  integer(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (!/^[+-]?[0-9]+$/.test(value))
      throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`)
    if (!isInt64(BigInt(value))) {
      throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`)
    }
    return Number(value)
  }
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}
