// An HTTP GET of the kubelet, over the network of its node: probes and hooks.

import type { Timers } from '../../../time/clock.ts'
import { type Bytes, decode } from '../../../process/bytes.ts'
import type { Connection } from '../../../process/connection.ts'
import type { Network } from '../../../process/network.ts'
import { connect, readable } from './connect.ts'
import type { Work } from '../work.ts'

/** What to ask. */
export interface HttpRequest {
  readonly network: Network
  readonly timers: Timers
  readonly scheme: 'HTTP' | 'HTTPS'
  readonly host: string
  readonly port: number
  /** With its query. */
  readonly path: string
  /** Names as they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly timeoutMs: number
}

/** What came back, or what Go's client says about the failure. */
export type HttpResult =
  | { readonly status: number; readonly body: string; readonly location: string | undefined }
  | { readonly error: string }

/** The address of a request, as error texts quote it. */
export function urlOf({
  scheme,
  host,
  port,
  path,
}: Pick<HttpRequest, 'scheme' | 'host' | 'port' | 'path'>): string {
  return `${scheme.toLowerCase()}://${host}:${port}${path.startsWith('/') ? '' : '/'}${path}`
}

/** Source of the texts: Go net/http; recordings probe-httpget. */
export function* httpGet(request: HttpRequest): Work<HttpResult> {
  const { network, timers, host, port, timeoutMs } = request
  const deadlineMs = timers.now() + timeoutMs
  const failed = (problem: string): HttpResult => ({ error: `Get "${urlOf(request)}": ${problem}` })
  const connection = yield* connect({ network, timers, host, port, deadlineMs })
  if (connection === 'timeout') {
    return failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)')
  }
  if (typeof connection === 'string') return failed(connection)
  connection.write(requestText(request))
  const reply = yield* readReply(connection, timers, deadlineMs)
  connection.close()
  if (reply === 'timeout')
    return failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)')
  // No server here speaks TLS: what listens answers in plain HTTP.
  if (request.scheme === 'HTTPS') return failed('http: server gave HTTP response to HTTPS client')
  return reply ?? failed('EOF')
}

function requestText({ host, port, path, headers }: HttpRequest): Bytes {
  const own = headers.some(([name]) => name.toLowerCase() === 'host') ? [] : [`Host: ${host}:${port}`]
  const lines = [...own, ...headers.map(([name, value]) => `${name}: ${value}`), 'Connection: close']
  return `GET ${path.startsWith('/') ? path : `/${path}`} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

function* readReply(
  connection: Connection,
  timers: Timers,
  deadlineMs: number,
): Work<HttpResult | 'timeout' | undefined> {
  let received = ''
  for (;;) {
    const bytes = connection.incoming.read(65_536)
    if (bytes) received += bytes
    const isEnd = bytes === ''
    const reply = parseReply(received, isEnd)
    if (reply || isEnd) return reply
    if (bytes === undefined) {
      if (timers.now() >= deadlineMs) return 'timeout'
      yield readable(connection.incoming.readable, timers, deadlineMs)
    }
  }
}

/** A whole reply; undefined while some of it is missing. */
function parseReply(received: Bytes, isEnd: boolean): HttpResult | undefined {
  const split = received.indexOf('\r\n\r\n')
  if (split < 0) return undefined
  const [statusLine = '', ...lines] = received.slice(0, split).split('\r\n')
  const status = Number(/^HTTP\/\d\.\d (\d{3})/.exec(statusLine)?.[1] ?? 0)
  if (status === 0) return { error: `malformed HTTP response ${JSON.stringify(statusLine)}` }
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim()
  const body = received.slice(split + 4)
  const length = header('content-length')
  const isWhole =
    length !== undefined
      ? body.length >= Number(length)
      : header('transfer-encoding') === 'chunked'
        ? body.endsWith('0\r\n\r\n')
        : isEnd
  if (!isWhole && !isEnd) return undefined
  return { status, body: decode(body), location: header('location') }
}
