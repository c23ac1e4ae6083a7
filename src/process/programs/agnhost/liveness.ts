// agnhost liveness: healthy for ten seconds, then not any more.

import type { Subcommand } from './subcommand.ts'
import { GO_SIGNAL_STATUS } from './subcommand.ts'
import { serve } from './serve.ts'

const HEALTHY_MS = 10_000

export const liveness: Subcommand = function* (task) {
  const startedMs = task.now()
  // eslint-disable-next-line require-yield -- it answers at once
  yield* serve(task, 8080, function* ({ target }) {
    const elapsedMs = task.now() - startedMs
    const [path = ''] = target.split('?')
    if (path === '/started') return { status: 200, body: `${elapsedMs / 1000}s` }
    if (path === '/redirect') {
      const location = decodeURIComponent(/[?&]loc=([^&]*)/.exec(target)?.[1] ?? '/')
      return { status: 302, headers: { Location: location } }
    }
    if (path !== '/healthz') return { status: 404, body: '404 page not found\n' }
    if (elapsedMs <= HEALTHY_MS) return { status: 200, body: 'ok' }
    return { status: 500, body: `error: ${elapsedMs / 1000}` }
  })
  return GO_SIGNAL_STATUS
}
