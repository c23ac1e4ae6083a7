// An HTTP server inside a process: many connections, one handler.

import type { Connection } from '../connection.ts'
import type { Action } from '../effects.ts'
import { Fibers } from '../fibers.ts'
import type { SignalName } from '../signals.ts'
import type { Task } from '../task.ts'
import { formatResponse, type HttpRequest, type HttpResponse, parseRequest } from './http-message.ts'
import { ListeningSocket } from './sockets.ts'

/** Answers one request; `connection` tells who asks. */
export type HttpHandler = (request: HttpRequest, connection: Connection) => Action<HttpResponse>

const KEEP_ALIVE_MS = 75_000

/** Listens on ports and serves what comes, beside whatever else the process does. */
export class HttpServer {
  readonly fibers: Fibers
  #task: Task
  #sockets: ListeningSocket[] = []
  #isDraining = false

  constructor(task: Task, fibers = new Fibers()) {
    this.#task = task
    this.fibers = fibers
  }

  /** @throws SystemError EADDRINUSE */
  listen(port: number, handler: HttpHandler): void {
    const socket = new ListeningSocket(this.#task, { address: '0.0.0.0', port })
    this.#sockets.push(socket)
    this.fibers.add(this.#accept(socket, handler))
  }

  /** Serves until a signal comes that the process catches. */
  *serve(): Action<SignalName> {
    for (;;) {
      const signal = yield* this.fibers.run()
      if (signal) return signal
    }
  }

  /** Takes no new connections, and finishes those that are in the middle of a request. */
  *drain(): Action<void> {
    this.#isDraining = true
    for (const socket of this.#sockets) socket.close()
    yield* this.fibers.run(true)
  }

  *#accept(socket: ListeningSocket, handler: HttpHandler): Action<void> {
    while (!this.#isDraining) {
      for (let connection = socket.accept(); connection; connection = socket.accept()) {
        this.fibers.add(this.#converse(connection, handler))
      }
      yield { effect: 'wait', queues: [socket.arrived] }
    }
  }

  *#converse(connection: Connection, handler: HttpHandler): Action<void> {
    let received = ''
    let idleUntilMs = this.#task.now() + KEEP_ALIVE_MS
    for (;;) {
      const parsed = parseRequest(received)
      if (parsed) {
        received = parsed.rest
        const { request } = parsed
        connection.write(formatResponse(yield* handler(request, connection), request.method === 'HEAD'))
        idleUntilMs = this.#task.now() + KEEP_ALIVE_MS
        if (!keepsAlive(request)) break
        continue
      }
      const bytes = connection.incoming.read(Infinity)
      if (bytes === '' || this.#task.now() >= idleUntilMs || (this.#isDraining && received === '')) break
      if (bytes !== undefined) received += bytes
      else yield { effect: 'wait', queues: [connection.incoming.readable], untilMs: idleUntilMs }
    }
    connection.close()
  }
}

function keepsAlive({ version, headers }: HttpRequest): boolean {
  const connection = headers.get('connection')?.toLowerCase()
  return version === 'HTTP/1.1' ? connection !== 'close' : connection === 'keep-alive'
}
