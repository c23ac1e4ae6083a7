// agnhost porter: answers on every port that its environment names.

import { HttpServer } from '../../net/http-server.ts'
import { dieLikeGo, GO_SIGNAL_STATUS, isDeadly, type Subcommand } from './subcommand.ts'

/** SERVE_PORT_80=text answers `text` on port 80. TLS ports are refused: their certificates are not modelled. */
export const porter: Subcommand = function* (task) {
  const server = new HttpServer(task)
  dieLikeGo(task)
  for (const [name, text] of Object.entries(task.env)) {
    const port = /^SERVE_PORT_(\d+)$/.exec(name)?.[1]
    if (port === undefined) continue
    // eslint-disable-next-line require-yield -- it answers at once
    server.listen(Number(port), function* () {
      return { status: 200, body: text }
    })
  }
  for (;;) if (isDeadly(yield* server.serve())) return GO_SIGNAL_STATUS
}
