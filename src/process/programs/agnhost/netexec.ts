// agnhost netexec: an HTTP server that echoes, exits, and asks others.

import { encode } from '../../bytes.ts'
import type { Connection } from '../../connection.ts'
import type { Action } from '../../effects.ts'
import { sleepUntil } from '../../io.ts'
import { callHttp, parseUrl } from '../../net/http-client.ts'
import type { HttpRequest, HttpResponse } from '../../net/http-message.ts'
import { HttpServer } from '../../net/http-server.ts'
import { SystemError } from '../../system-error.ts'
import type { Task } from '../../task.ts'
import { flags, log, type Subcommand } from './subcommand.ts'

/** The HTTP half of test/images/agnhost/netexec; the UDP and SCTP echo servers are not modelled. */
export const netexec: Subcommand = function* (task, words) {
  const own = flags(words, {
    'http-port': '8080',
    'udp-port': '8081',
    'sctp-port': '-1',
    'delay-shutdown': '0',
    'http-override': '',
    'udp-listen-addresses': '',
    'tls-cert-file': '',
    'tls-private-key-file': '',
  })
  const state: State = { isShuttingDown: false, hasUdp: own['udp-port'] !== '-1', exitCode: undefined }
  const server = new HttpServer(task)
  log(task, `Started HTTP server on port ${own['http-port']}`)
  server.listen(Number(own['http-port']), (request, connection) => {
    const overridden = own['http-override']
    const asked = overridden === '' ? request : { ...request, target: overridden }
    return answer(task, state, asked, connection)
  })
  task.dispose('TERM', 'catch')
  task.dispose('USR1', 'catch')
  const signal = yield* server.serve()
  if (signal === 'USR1' && state.exitCode !== undefined) return state.exitCode
  state.isShuttingDown = true
  const delayMs = Number(own['delay-shutdown']) * 1000
  const untilMs = task.now() + delayMs
  server.fibers.add(sleepUntil(task, untilMs))
  while (task.now() < untilMs) yield { effect: 'sleep', untilMs }
  return 0
}

interface State {
  isShuttingDown: boolean
  readonly hasUdp: boolean
  exitCode: number | undefined
}

function* answer(
  task: Task,
  state: State,
  request: HttpRequest,
  connection: Connection,
): Action<HttpResponse> {
  const [path = '/', query = ''] = request.target.split('?')
  const parameters = new URLSearchParams(query)
  const hostname = encode(task.table.surroundings.hostname)
  const ok = (body: string): HttpResponse => ({ status: 200, body })
  log(task, `GET ${request.target}`)
  switch (path) {
    case '/':
      return ok(`NOW: ${new Date(task.now()).toISOString()}`)
    case '/clientip':
      return ok(`${connection.remote.address}:${connection.remote.port}`)
    case '/serverport':
      return ok(`${connection.local.port}`)
    case '/hostname':
    case '/hostName':
      return ok(hostname)
    case '/header':
      return ok(request.headers.get((parameters.get('key') ?? '').toLowerCase()) ?? '')
    case '/echo':
      return {
        status: Number(parameters.get('code') ?? 200) || 200,
        body: encode(parameters.get('msg') ?? ''),
      }
    case '/healthz':
    case '/readyz':
      if (!state.hasUdp) return { status: 412 }
      return { status: path === '/readyz' && state.isShuttingDown ? 503 : 200 }
    case '/redirect':
      return {
        status: Number(parameters.get('code') ?? 302),
        headers: { Location: parameters.get('location') ?? '/' },
      }
    case '/exit':
    case '/shutdown':
      state.exitCode = Number(parameters.get('code') ?? 0)
      task.post('USR1')
      return ok('')
    case '/dial':
      return ok(yield* dial(task, parameters))
    default:
      return { status: 404, body: '404 page not found\n' }
  }
}

/** Asks another netexec, `tries` times. */
function* dial(task: Task, parameters: URLSearchParams): Action<string> {
  const responses: string[] = []
  const errors: string[] = []
  const { host, port, request, protocol } = Object.fromEntries(parameters) as Record<
    string,
    string | undefined
  >
  const url = parseUrl(`http://${host}:${port}/${request ?? ''}`)
  for (let tries = Number(parameters.get('tries') ?? 1); tries > 0; tries--) {
    if (protocol !== undefined && protocol !== 'http') errors.push(`protocol ${protocol} is not supported`)
    else {
      try {
        const { body } = yield* callHttp(task, {
          method: 'GET',
          url,
          headers: { 'User-Agent': 'Go-http-client/1.1' },
          timeoutMs: 5_000,
        })
        responses.push(body)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        errors.push(error.text.toLowerCase())
      }
    }
  }
  return JSON.stringify(errors.length > 0 ? { errors, responses } : { responses })
}
