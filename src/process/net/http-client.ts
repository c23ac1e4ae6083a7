// One HTTP request from inside a process.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { Interrupted } from '../io.ts'
import type { Connection } from '../connection.ts'
import { ProgramError } from '../program-error.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { formatRequest, type HttpResponse, parseHead } from './http-message.ts'
import { addressesOf } from './resolver.ts'
import { connect } from './sockets.ts'

/** Where a URL leads. */
export interface Url {
  readonly host: string
  readonly port: number
  /** Path and query. */
  readonly target: string
}

/** What to ask. */
export interface HttpCall {
  readonly method: string
  readonly url: Url
  readonly headers: Readonly<Record<string, Bytes>>
  readonly body?: Bytes
  /** From the start to the last byte; without an answer by then the call fails with ETIMEDOUT. */
  readonly timeoutMs: number
}

/** `http://host:port/path`, the scheme optional. @throws ProgramError for other schemes */
export function parseUrl(text: string): Url {
  const [, scheme = 'http', host = '', port, target = ''] =
    /^(?:(\w+):\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?([^#]*)/.exec(text) ?? []
  if (scheme !== 'http') throw new ProgramError(`not an http url: ${text}`)
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? 80),
    target: target.startsWith('/') ? target : `/${target}`,
  }
}

/** The answer to one request. @throws SystemError; ENOENT means that the name cannot be resolved */
export function* callHttp(task: Task, call: HttpCall): Action<HttpResponse & { readonly body: Bytes }> {
  const { url, method, body = '', timeoutMs } = call
  const untilMs = task.now() + timeoutMs
  const [address] = yield* addressesOf(task, url.host)
  if (address === undefined) throw new SystemError('ENOENT', url.host)
  const connection = yield* connect(task, { address, port: url.port }, untilMs - task.now())
  const host = url.port === 80 ? url.host : `${url.host}:${url.port}`
  const length = body === '' ? {} : { 'Content-Length': String(body.length) }
  connection.write(
    formatRequest({ method, target: url.target, headers: { Host: host, ...call.headers, ...length }, body }),
  )
  try {
    return yield* response(task, connection, untilMs)
  } finally {
    connection.close()
  }
}

function* response(
  task: Task,
  connection: Connection,
  untilMs: number,
): Action<HttpResponse & { readonly body: Bytes }> {
  let received = ''
  for (;;) {
    const bytes = connection.incoming.read(Infinity)
    received += bytes ?? ''
    const head = parseHead(received)
    const length = head?.headers.get('content-length')
    const body = head ? received.slice(head.bodyAt) : ''
    const isWhole =
      head !== undefined && (bytes === '' || (length !== undefined && body.length >= Number(length)))
    if (isWhole) {
      const status = Number(/^HTTP\/\S+ (\d+)/.exec(head.start)?.[1] ?? 0)
      return { status, headers: Object.fromEntries(head.headers), body }
    }
    if (bytes === '') throw new SystemError('ECONNRESET')
    if (bytes !== undefined) continue
    const resumption = yield { effect: 'wait', queues: [connection.incoming.readable], untilMs }
    if (resumption === 'timeout' && task.now() >= untilMs) throw new SystemError('ETIMEDOUT')
    if (resumption !== 'ready' && resumption !== 'timeout') throw new Interrupted(resumption)
  }
}
