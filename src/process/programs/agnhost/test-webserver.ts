// agnhost test-webserver: serves the files of its root over HTTP.

import type { HttpResponse } from '../../net/http-message.ts'
import { SystemError } from '../../system-error.ts'
import type { Task } from '../../task.ts'
import { serve } from './serve.ts'
import { flags, GO_SIGNAL_STATUS, type Subcommand } from './subcommand.ts'

export const testWebserver: Subcommand = function* (task, words) {
  const { port } = flags(words, { port: '80' })
  // eslint-disable-next-line require-yield -- it answers at once
  yield* serve(task, Number(port), function* ({ target }) {
    return fileAt(task, decodeURIComponent(target.split('?')[0] ?? '/'))
  })
  return GO_SIGNAL_STATUS
}

function fileAt(task: Task, path: string): HttpResponse {
  try {
    const node = task.files.node(path, task.user)
    if (node.kind !== 'directory') return { status: 200, body: task.files.read(path, task.user) }
    const names = task.files.list(path, task.user).map((name) => `<a href="${name}">${name}</a>\n`)
    return {
      status: 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: `<pre>\n${names.join('')}</pre>\n`,
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return { status: 404, body: '404 page not found\n' }
  }
}
