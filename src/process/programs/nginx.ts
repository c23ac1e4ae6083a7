// nginx: serves files over HTTP, and stops as its signals say.

import { type Bytes, decode } from '../bytes.ts'
import type { Connection } from '../connection.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import type { HttpRequest, HttpResponse } from '../net/http-message.ts'
import { reasonOf } from '../net/http-message.ts'
import { HttpServer } from '../net/http-server.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { commonLogTime, httpDate } from './dates.ts'

const VERSION = '1.7.9'
const DOCUMENT_ROOT = '/usr/share/nginx/html'
const PORT = 80
const PID_FILE = '/var/run/nginx.pid'

/** Signals as in nginx.org/en/docs/control.html: TERM and INT stop at once, QUIT after the requests in flight. */
export const nginx: Program = {
  name: 'nginx',
  residentBytes: 3 * 1024 * 1024,
  *run(task) {
    const words = task.argv.slice(1)
    if (words[0] === '-v' || words[0] === '-V') {
      yield* write(task, 2, `nginx version: nginx/${VERSION}\n`)
      return 0
    }
    if (words[0] === '-t') {
      yield* write(
        task,
        2,
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      )
      return 0
    }
    if (words[0] === '-s') return yield* signalMaster(task, words[1] ?? '')
    if (/daemon\s+off\s*;/.test(globalDirectives(words))) return yield* master(task)
    // A daemon goes on in the background; whoever started it is done.
    task.fork({ ...nginx, run: master })
    return 0
  },
}

function globalDirectives(words: readonly Bytes[]): Bytes {
  return words.filter((_, index) => words[index - 1] === '-g').join(' ')
}

function* signalMaster(task: Task, name: Bytes): Action<number> {
  const signal = ({ stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const)[name]
  if (!signal) {
    yield* write(task, 2, `nginx: invalid option: "-s ${name}"\n`)
    return 1
  }
  const pid = task.files.exists(PID_FILE) ? Number(task.files.read(PID_FILE)) : 0
  const target = task.table.task(pid)
  if (!target || target.exit) {
    yield* write(task, 2, `nginx: [error] open() "${PID_FILE}" failed (2: No such file or directory)\n`)
    return 1
  }
  target.post(signal)
  return 0
}

/** Serves until a signal ends it. The worker processes of a real master are part of it here. */
function* master(task: Task): Action<number> {
  for (const signal of ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'WINCH'] as const) task.dispose(signal, 'catch')
  task.files.makeDirectory('/var/run', {}, true)
  task.files.write(PID_FILE, `${task.pid}\n`)
  const server = new HttpServer(task)
  try {
    server.listen(PORT, (request, connection) => answer(task, request, connection))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `nginx: [emerg] bind() to 0.0.0.0:${PORT} failed (98: ${error.text})\n`)
    return 1
  }
  for (;;) {
    const signal = yield* server.serve()
    if (signal === 'QUIT') yield* server.drain()
    if (signal !== 'TERM' && signal !== 'INT' && signal !== 'QUIT') continue
    task.files.remove(PID_FILE)
    return 0
  }
}

function* answer(task: Task, request: HttpRequest, connection: Connection): Action<HttpResponse> {
  const response = responseTo(task, request)
  yield* write(task, 1, accessLine(task, request, response, connection))
  return response
}

function responseTo(task: Task, { method, target }: HttpRequest): HttpResponse {
  if (method !== 'GET' && method !== 'HEAD') return errorPage(task, 405)
  const path = decodedPath(target)
  if (path === undefined) return errorPage(task, 400)
  const file = `${DOCUMENT_ROOT}${path}${path.endsWith('/') ? 'index.html' : ''}`
  try {
    const node = task.files.node(file)
    if (node.kind === 'directory') return errorPage(task, 301)
    const headers = {
      ...commonHeaders(task),
      'Content-Type': typeOf(file),
      'Last-Modified': httpDate(node.mtimeMs),
      'Accept-Ranges': 'bytes',
    }
    return { status: 200, headers, body: task.files.read(file) }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    // A directory that is there without its index is forbidden, as autoindex is off.
    const isListing = path.endsWith('/') && task.files.exists(`${DOCUMENT_ROOT}${path}`)
    return errorPage(task, isListing || error.code === 'EACCES' ? 403 : 404)
  }
}

function decodedPath(target: Bytes): Bytes | undefined {
  const [path = ''] = target.split('?')
  const decoded = path.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return decoded.startsWith('/') && !decoded.split('/').includes('..') ? decoded : undefined
}

function errorPage(task: Task, status: number): HttpResponse {
  const title = `${status} ${reasonOf(status)}`
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body bgcolor="white">\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${VERSION}</center>\r\n</body>\r\n</html>\r\n`
  return { status, headers: { ...commonHeaders(task), 'Content-Type': 'text/html' }, body }
}

function commonHeaders(task: Task): Readonly<Record<string, Bytes>> {
  return { Server: `nginx/${VERSION}`, Date: httpDate(task.now()), Connection: 'keep-alive' }
}

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  txt: 'text/plain',
}

function typeOf(file: Bytes): string {
  return contentTypes[/\.(\w+)$/.exec(file)?.[1] ?? ''] ?? 'application/octet-stream'
}

/** The `main` log format of the image's configuration. */
function accessLine(task: Task, request: HttpRequest, response: HttpResponse, connection: Connection): Bytes {
  const { method, target, version, headers } = request
  const header = (name: string) => decode(headers.get(name) ?? '-')
  const sent = method === 'HEAD' ? 0 : (response.body?.length ?? 0)
  const asked = `"${method} ${target} ${version}" ${response.status} ${sent}`
  const who = `"${header('referer')}" "${header('user-agent')}" "${header('x-forwarded-for')}"`
  return `${connection.remote.address} - - [${commonLogTime(task.now())}] ${asked} ${who}\n`
}
