// agnhost serve-hostname: tells its host's name, and lingers for a minute after TERM.

import { encode } from '../../bytes.ts'
import { HttpServer } from '../../net/http-server.ts'
import { flags, log, type Subcommand } from './subcommand.ts'

const LINGER_MS = 60_000

export const serveHostname: Subcommand = function* (task, words) {
  const { port } = flags(words, { port: '9376', http: 'true', close: 'false', tcp: 'false', udp: 'false' })
  const server = new HttpServer(task)
  const name = encode(task.table.surroundings.hostname)
  // eslint-disable-next-line require-yield -- it answers at once
  server.listen(Number(port), function* ({ target }) {
    log(task, `HTTP request from ${target}`)
    return { status: 200, body: name }
  })
  task.dispose('TERM', 'catch')
  yield* server.serve()
  log(task, 'Received SIGTERM, sleeping 60 seconds')
  const untilMs = task.now() + LINGER_MS
  while (task.now() < untilMs) yield { effect: 'sleep', untilMs }
  return 0
}
