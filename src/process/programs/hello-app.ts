// hello-app: the web server of Google's samples, which says hello and the name of its host.

import { encode } from '../bytes.ts'
import { put } from '../io.ts'
import { HttpServer } from '../net/http-server.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { dieLikeGo, GO_SIGNAL_STATUS } from './agnhost/subcommand.ts'

/** The server as an image of that version has it (kubernetes-engine-samples, hello-app/main.go). */
export function helloApp(version: string): Program {
  return {
    name: 'hello-app',
    residentBytes: 4 * 1024 * 1024,
    *run(task) {
      const port = Number(task.env['PORT'] ?? 8080)
      const server = new HttpServer(task)
      const name = encode(task.table.surroundings.hostname)
      // eslint-disable-next-line require-yield -- it answers at once
      server.listen(port, function* ({ target }) {
        log(task, `Serving request: ${target.split('?')[0]}`)
        return { status: 200, body: `Hello, world!\nVersion: ${version}\nHostname: ${name}\n` }
      })
      log(task, `Server listening on port ${port}`)
      dieLikeGo(task)
      yield* server.serve()
      return GO_SIGNAL_STATUS
    },
  }
}

/** A line of Go's package log: `2026/11/24 08:42:36 text`. */
function log(task: Task, text: string): void {
  const at = new Date(task.now()).toISOString()
  put(task, 2, `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)} ${text}\n`)
}
