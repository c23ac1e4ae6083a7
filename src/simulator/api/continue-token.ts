// Where the next page of a list begins (apiserver/pkg/storage/continue.go).

import { badRequest } from '../store/api-error.ts'

export interface Continuation {
  /** The state of the cluster that the pages show; -1 for whatever is now. */
  readonly resourceVersion: number
  /** Pages go on with the first key not before this one; keys begin with a slash. */
  readonly start: string
}

const VERSION = 'meta.k8s.io/v1'

/** The token for a page after the object with key `last`. */
export function continueToken(resourceVersion: number, last: string): string {
  const token = `{"v":"${VERSION}","rv":${resourceVersion},"start":${JSON.stringify(`/${last}\u0000`)}}`
  return Buffer.from(token).toString('base64url')
}

/** Reads a token; a 400 for what is none. */
export function parseContinueToken(text: string): Continuation {
  const { v, rv, start } = parseToken(decoded(text))
  if (v !== VERSION) throw invalidToken(`server does not recognize this encoded version ${v ?? ''}`)
  if (!rv) throw invalidToken(`incorrect encoded start resourceVersion (version ${VERSION})`)
  if (!start) throw invalidToken(`encoded start key empty (version ${VERSION})`)
  const key = start.startsWith('/') ? start : `/${start}`
  // A key must stay below the prefix of its list.
  if (key.split('/').includes('..')) throw invalidToken(start)
  return { resourceVersion: rv, start: key }
}

interface Token {
  readonly v?: string
  readonly rv?: number
  readonly start?: string
}

function parseToken(json: string): Token {
  try {
    return JSON.parse(json) as Token
  } catch {
    const sign = JSON.stringify(json.charAt(0)).slice(1, -1)
    const shown = json.charCodeAt(0) > 126 ? `\\u${json.charCodeAt(0).toString(16).padStart(4, '0')}` : sign
    throw invalidToken(
      json ? `invalid character '${shown}' looking for beginning of value` : 'unexpected end of JSON input',
    )
  }
}

function decoded(text: string): string {
  const bad = /[^A-Za-z0-9_-]/.exec(text)
  if (bad) throw invalidToken(`illegal base64 data at input byte ${bad.index}`)
  return Buffer.from(text, 'base64url').toString('latin1')
}

function invalidToken(why: string) {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`)
}
