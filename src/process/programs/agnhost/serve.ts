// Serving HTTP until a signal that ends a Go program.

import type { Action } from '../../effects.ts'
import { type HttpHandler, HttpServer } from '../../net/http-server.ts'
import type { SignalName } from '../../signals.ts'
import type { Task } from '../../task.ts'
import { dieLikeGo, isDeadly } from './subcommand.ts'

/** Serves one port; answers the signal that ended it. @throws SystemError EADDRINUSE */
export function* serve(task: Task, port: number, handler: HttpHandler): Action<SignalName> {
  dieLikeGo(task)
  const server = new HttpServer(task)
  server.listen(port, handler)
  for (;;) {
    const signal = yield* server.serve()
    if (isDeadly(signal)) return signal
  }
}
