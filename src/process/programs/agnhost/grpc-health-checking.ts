// agnhost grpc-health-checking: the health service of gRPC, which can be made to fail over HTTP.

import type { Connection } from '../../connection.ts'
import type { Action } from '../../effects.ts'
import { HttpServer } from '../../net/http-server.ts'
import { ListeningSocket } from '../../net/sockets.ts'
import { type Frame, FRAME, FLAG, framesIn, PREFACE, frame, literalHeaders, serviceAsked } from './http2.ts'
import { flags, dieLikeGo, GO_SIGNAL_STATUS, isDeadly, log, type Subcommand } from './subcommand.ts'

export const grpcHealthChecking: Subcommand = function* (task, words) {
  const own = flags(words, { port: '5000', 'http-port': '8080', 'delay-unhealthy-sec': '-1', service: '' })
  const startedAt = new Date(task.now()).toISOString().replace('T', ' ').replace('Z', '')
  const delaySeconds = Number(own['delay-unhealthy-sec'])
  const health = {
    isServing: true,
    failsAtMs: delaySeconds < 0 ? Infinity : task.now() + delaySeconds * 1000,
  }
  dieLikeGo(task)
  const server = new HttpServer(task)
  log(task, `Http server starting to listen on :${own['http-port']}`)
  // eslint-disable-next-line require-yield -- it answers at once
  server.listen(Number(own['http-port']), function* ({ target }) {
    if (target === '/make-serving') health.isServing = true
    else if (target === '/make-not-serving') health.isServing = false
    else return { status: 404, body: '404 page not found\n' }
    return { status: 200 }
  })
  log(task, `gRPC server starting to listen on :${own.port}`)
  const socket = new ListeningSocket(task, { address: '0.0.0.0', port: Number(own.port) })
  const check = (service: string) => {
    log(
      task,
      `Serving the Check request for health check, started at ${startedAt}000000 +0000 UTC m=+0.080000000`,
    )
    if (service !== own.service) return undefined
    return health.isServing && task.now() < health.failsAtMs
  }
  server.fibers.add(acceptCalls(server, socket, check))
  for (;;) if (isDeadly(yield* server.serve())) return GO_SIGNAL_STATUS
}

/** Whether a service is serving; undefined if there is none of that name. */
type Check = (service: string) => boolean | undefined

function* acceptCalls(server: HttpServer, socket: ListeningSocket, check: Check): Action<void> {
  for (;;) {
    for (let connection = socket.accept(); connection; connection = socket.accept()) {
      server.fibers.add(serveCalls(connection, check))
    }
    yield { effect: 'wait', queues: [socket.arrived] }
  }
}

/** Speaks as much HTTP/2 as one health check takes. */
function* serveCalls(connection: Connection, check: Check): Action<void> {
  let received = ''
  let hasPreface = false
  for (;;) {
    const bytes = connection.incoming.read(Infinity)
    if (bytes === '') break
    if (bytes === undefined) {
      yield { effect: 'wait', queues: [connection.incoming.readable] }
      continue
    }
    received += bytes
    if (!hasPreface && received.length >= PREFACE.length) {
      if (!received.startsWith(PREFACE)) break
      hasPreface = true
      received = received.slice(PREFACE.length)
      connection.write(frame(FRAME.settings, 0, 0, ''))
    }
    if (!hasPreface) continue
    const { frames, rest } = framesIn(received)
    received = rest
    for (const each of frames) answerFrame(connection, each, check)
  }
  connection.close()
}

function answerFrame(
  connection: Connection,
  { type, flags: set, stream, payload }: Frame,
  check: Check,
): void {
  if (type === FRAME.settings && !(set & FLAG.ack)) connection.write(frame(FRAME.settings, FLAG.ack, 0, ''))
  if (type === FRAME.ping && !(set & FLAG.ack)) connection.write(frame(FRAME.ping, FLAG.ack, 0, payload))
  if (type !== FRAME.data || !(set & FLAG.endStream)) return
  const isServing = check(serviceAsked(payload))
  const head = literalHeaders({ ':status': '200', 'content-type': 'application/grpc' })
  connection.write(frame(FRAME.headers, FLAG.endHeaders, stream, head))
  if (isServing === undefined) {
    const trailers = literalHeaders({ 'grpc-status': '5', 'grpc-message': 'unknown service' })
    connection.write(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, trailers))
    return
  }
  // HealthCheckResponse: field 1, a varint, 1 for SERVING and 2 for NOT_SERVING.
  connection.write(frame(FRAME.data, 0, stream, `\0\0\0\0\x02\x08${isServing ? '\x01' : '\x02'}`))
  connection.write(
    frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, literalHeaders({ 'grpc-status': '0' })),
  )
}
