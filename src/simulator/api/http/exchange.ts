// One request over HTTP: from the socket to the API and back, with the clock told what is going on.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call } from '../../../time/client-clock.ts'
import { ApiError, tooLarge } from '../../store/api-error.ts'
import type { ApiRequest } from '../request.ts'
import type { ApiResponse, BodyResponse, StreamResponse, WatchResponse } from '../response.ts'
import { statusResponse } from '../response.ts'
import { decodeProtobuf } from './protobuf/decode.ts'
import type { Stamp } from './led-clients.ts'
import type { Purpose } from './purpose.ts'

/** The API server's limit on a body (apiserver/pkg/server/config.go: MaxRequestBodyBytes). */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024
/** A client that does not read what it watches is cut off: its share of the host's memory is bounded. */
const UNREAD_LIMIT_BYTES = 16 * 1024 * 1024

const PROTOBUF = 'application/vnd.kubernetes.protobuf'

/** The request as the API takes it: a body in protobuf becomes JSON. A 413 for a body over the limit. */
export async function apiRequest(request: IncomingMessage, path: string): Promise<ApiRequest> {
  const { method = 'GET' } = request
  const headers = joined(request)
  const body = await bodyOf(request)
  if (!body || !headers['content-type']?.startsWith(PROTOBUF)) return { method, path, headers, body }
  const json = JSON.stringify(decodeProtobuf(body))
  return { method, path, headers: { ...headers, 'content-type': 'application/json' }, body: json }
}

/** What an error is to the client: its Status; anything that is not a refusal is a 500, and told to `onFailure`. */
export function errorResponse(error: unknown, onFailure: (error: unknown) => void): BodyResponse {
  if (error instanceof ApiError) return statusResponse(error.status)
  onFailure(error)
  const text = error instanceof Error ? error.message : String(error)
  return statusResponse(new ApiError(500, 'InternalError', `Internal error occurred: ${text}`).status)
}

/** Writes an answer, all of it or as it comes. `call` ends with it, or with the client. */
export function respond(
  answer: Exclude<ApiResponse, { readonly is: 'connection' | 'forward' }>,
  response: ServerResponse,
  call: Call,
  { purpose, shift, stamp, streamed }: Manner,
): void {
  response.on('close', () => call.end())
  // A client that is gone needs no answer; the close event follows.
  response.on('error', () => {})
  if (answer.is === 'body') respondBody(answer, response, shift)
  else {
    call.become(purpose.waitsForEnd && answer.is === 'watch' ? 'consents' : 'listens')
    call.told()
    if (answer.is === 'watch') respondWatch(answer, response, call, { purpose, shift, stamp })
    else respondStream(answer, response, call, streamed)
  }
}

/** How an answer is written. */
export interface Manner {
  readonly purpose: Purpose
  readonly shift: Shift | undefined
  /** Asked for every event of a watch; undefined for clients that live on the wall's time. */
  readonly stamp: (() => Stamp) | undefined
  /** Told how much is written to a stream, its end counting for one; undefined for clients that live on the wall's time. */
  readonly streamed: ((bytes: number) => void) | undefined
}

/** What is done to an answer for a client that computes ages on its own clock. */
export type Shift = (value: unknown) => unknown

function respondBody(answer: BodyResponse, response: ServerResponse, shift: Shift | undefined): void {
  const { status, headers, body } = answer
  const isObject = typeof body.value === 'object' && body.value !== null
  const bytes = shift && isObject ? Buffer.from(JSON.stringify(shift(body.value))) : body.bytes()
  response.writeHead(status, { ...headers, 'content-length': bytes.length })
  response.end(response.req.method === 'HEAD' ? undefined : bytes)
}

function respondWatch(
  answer: WatchResponse,
  response: ServerResponse,
  call: Call,
  { purpose, shift, stamp }: Omit<Manner, 'streamed'>,
): void {
  response.writeHead(answer.status, { ...answer.headers })
  response.flushHeaders()
  const hangUp = answer.open({
    event(event) {
      const { type, object } = event
      const bytes = shift
        ? Buffer.from(`${JSON.stringify({ type, object: shift(object) })}\n`)
        : event.bytes()
      write(response, stamp ? stamped(bytes, stamp()) : bytes)
      // Of one object the end is what kubectl delete waits for: from here on only the client can do something.
      if (type === 'DELETED' && purpose.command === 'kubectl delete') call.become('listens')
      call.told()
    },
    end: () => response.end(),
  })
  response.on('close', hangUp)
}

/** The line of an event with two more fields at its end. */
function stamped(line: Uint8Array, { atMs, told }: Stamp): Uint8Array {
  const end = line.lastIndexOf('}'.charCodeAt(0))
  return Buffer.concat([line.subarray(0, end), Buffer.from(`,"atMs":${atMs},"told":${told}}\n`)])
}

function respondStream(
  answer: StreamResponse,
  response: ServerResponse,
  call: Call,
  streamed: (bytes: number) => void = () => {},
): void {
  response.writeHead(answer.status, { ...answer.headers })
  response.flushHeaders()
  const hangUp = answer.open({
    write(chunk) {
      write(response, chunk)
      streamed(chunk.length)
      call.told()
    },
    end() {
      // Nobody reads the end of what the client has hung up on.
      if (!response.destroyed) streamed(1)
      response.end()
    },
  })
  response.on('close', hangUp)
}

function write(response: ServerResponse, bytes: Uint8Array): void {
  response.write(bytes)
  if (response.writableLength > UNREAD_LIMIT_BYTES) response.destroy()
}

/** Headers with one value a name, as the API reads them. */
function joined({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT_BYTES) throw tooLarge(BODY_LIMIT_BYTES)
    chunks.push(chunk)
  }
  return size > 0 ? Buffer.concat(chunks, size) : undefined
}
