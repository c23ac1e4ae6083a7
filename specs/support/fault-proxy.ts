// A bad network on purpose: a proxy that stands between a client and an API server and breaks things by a seed.

import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { Random } from '../../src/time/random.ts'

/** What can go wrong with one request. `cut-after` lets the server act and loses its answer. */
export const FAULTS = [
  'cut-after',
  'cut-before',
  'delay',
  'duplicate',
  'gone',
  'server-error',
  'too-many',
  'truncate',
  'unavailable',
] as const

export type Fault = (typeof FAULTS)[number]

export interface FaultOptions {
  /** Where the API server listens, in plain HTTP on loopback. */
  readonly upstreamPort: number
  readonly seed: string
  /** How many requests in a hundred meet a fault. */
  readonly percent: number
}

/** A running proxy; `counts` says how often each fault was played. */
export interface FaultProxy {
  readonly port: number
  readonly counts: ReadonlyMap<Fault, number>
  close(): Promise<void>
}

/** Starts a proxy on a free port of loopback. */
export async function startFaultProxy(options: FaultOptions): Promise<FaultProxy> {
  const counts = new Map<Fault, number>()
  const random = new Random(`faults/${options.seed}`)
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const fault = chooseFault(random, options.percent, request)
    if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1)
    void forward(request, response, options.upstreamPort, fault, random)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    tunnel(request, socket, head, options.upstreamPort)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await listening(server)
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close: () => closed(server, sockets),
  }
}

/** Only some faults make sense for some requests: an event stream can end early or be declared too old, a write cannot. */
function chooseFault(
  random: Random,
  percent: number,
  { method, url = '' }: IncomingMessage,
): Fault | undefined {
  const isHit = random.between(1, 100) <= percent
  const isWatch = /[?&]watch=(?:1|true)/.test(url)
  const choices = FAULTS.filter((fault) => isWatch || (fault !== 'gone' && fault !== 'duplicate')).filter(
    (fault) => method === 'GET' || fault !== 'truncate',
  )
  const choice = random.pick(choices)
  return isHit ? choice : undefined
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstreamPort: number,
  fault: Fault | undefined,
  random: Random,
): Promise<void> {
  const body = await bodyOf(request)
  if (fault === 'cut-before') return void request.socket.destroy()
  if (fault === 'server-error')
    return refuse(response, 500, 'InternalError', 'Internal error occurred: the proxy plays a fault')
  if (fault === 'unavailable')
    return refuse(response, 503, 'ServiceUnavailable', 'the server is currently unable to handle the request')
  if (fault === 'too-many')
    return refuse(response, 429, 'TooManyRequests', 'the server has received too many requests')
  if (fault === 'delay') await after(random.between(20, 200))
  const { method, url, headers } = request
  const upstream = httpRequest({
    host: '127.0.0.1',
    port: upstreamPort,
    method,
    path: url,
    headers: { ...headers, connection: 'close' },
  })
  upstream.on('error', () => request.socket.destroy())
  upstream.on('response', (answer) => relay(answer, response, request, fault, random))
  response.on('close', () => upstream.destroy())
  upstream.end(body)
}

function relay(
  answer: IncomingMessage,
  response: ServerResponse,
  request: IncomingMessage,
  fault: Fault | undefined,
  random: Random,
): void {
  if (fault === 'cut-after') return void request.socket.destroy()
  const { connection: _, ...headers } = answer.headers
  response.writeHead(answer.statusCode ?? 502, headers)
  response.flushHeaders()
  if (fault === 'gone') return void response.end(`${JSON.stringify(GONE)}\n`)
  const cutAfterBytes = fault === 'truncate' ? random.between(1, 2_000) : Infinity
  let sent = 0
  answer.on('data', (chunk: Buffer) => {
    sent += chunk.length
    if (sent > cutAfterBytes) return void request.socket.destroy()
    response.write(fault === 'duplicate' ? Buffer.concat([chunk, wholeLines(chunk)]) : chunk)
  })
  answer.on('end', () => (Number.isFinite(cutAfterBytes) ? request.socket.destroy() : response.end()))
  answer.on('error', () => request.socket.destroy())
}

/** What an API server says in a watch whose start it no longer remembers. */
const GONE = {
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'too old resource version: 1 (2)',
    reason: 'Expired',
    code: 410,
  },
}

/** The chunk once more if it holds whole events; a part of one cannot be sent twice. */
function wholeLines(chunk: Buffer): Buffer {
  const text = chunk.toString()
  return text.startsWith('{') && text.endsWith('\n') ? chunk : Buffer.alloc(0)
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code }
  response.writeHead(code, {
    'content-type': 'application/json',
    ...(code === 429 && { 'retry-after': '1' }),
  })
  response.end(JSON.stringify(status))
}

/** WebSockets are passed on as they are. */
function tunnel(request: IncomingMessage, socket: Socket, head: Buffer, upstreamPort: number): void {
  const upstream = connect(upstreamPort, '127.0.0.1', () => {
    const headers = request.rawHeaders
      .map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
      .join('')
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`)
    upstream.write(head)
    upstream.pipe(socket).pipe(upstream)
  })
  for (const [one, other] of [
    [socket, upstream],
    [upstream, socket],
  ] as const)
    one.on('error', () => other.destroy())
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}
