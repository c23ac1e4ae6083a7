// HTTP/1.1 messages as bytes.

import type { Bytes } from '../bytes.ts'

/** A request as it arrived. */
export interface HttpRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: Bytes
  readonly version: string
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, Bytes>
  readonly body: Bytes
}

/** A response to send, or as it arrived. */
export interface HttpResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, Bytes>>
  readonly body?: Bytes
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  412: 'Precondition Failed',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

/** What a status is called. */
export function reasonOf(status: number): string {
  return reasons[status] ?? 'Unknown'
}

/** The head of a message and where its body begins; undefined while it is not whole. */
export function parseHead(
  bytes: Bytes,
):
  | { readonly start: string; readonly headers: ReadonlyMap<string, Bytes>; readonly bodyAt: number }
  | undefined {
  const end = /\r?\n\r?\n/.exec(bytes)
  if (!end) return undefined
  const [start = '', ...lines] = bytes.slice(0, end.index).split(/\r?\n/)
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { start, headers: new Map(headers), bodyAt: end.index + end[0].length }
}

/** A request at the beginning of `bytes`, with what follows it; undefined while it is not whole. */
export function parseRequest(
  bytes: Bytes,
): { readonly request: HttpRequest; readonly rest: Bytes } | undefined {
  const head = parseHead(bytes)
  if (!head) return undefined
  const length = Number(head.headers.get('content-length') ?? 0)
  if (bytes.length < head.bodyAt + length) return undefined
  const [method = '', target = '/', version = 'HTTP/1.0'] = head.start.split(' ')
  const body = bytes.slice(head.bodyAt, head.bodyAt + length)
  const request = { method, target, version, headers: head.headers, body }
  return { request, rest: bytes.slice(head.bodyAt + length) }
}

/** The bytes of a response. */
export function formatResponse({ status, headers = {}, body = '' }: HttpResponse, isHead = false): Bytes {
  const lines = Object.entries({ ...headers, 'Content-Length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines.join('')}\r\n${isHead ? '' : body}`
}

/** The bytes of a request. */
export function formatRequest(
  request: Pick<HttpRequest, 'method' | 'target' | 'body'> & {
    readonly headers: Readonly<Record<string, Bytes>>
  },
): Bytes {
  const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${request.method} ${request.target} HTTP/1.1\r\n${lines.join('')}\r\n${request.body}`
}
