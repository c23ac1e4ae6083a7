// nginx: serves files over HTTP, and stops as its signals say.

import { type Bytes, decode } from '../bytes.ts'
import type { Connection } from '../connection.ts'
import type { Action } from '../effects.ts'
import { pause, write } from '../io.ts'
import { type HttpRequest, type HttpResponse, reasonOf } from '../net/http-message.ts'
import { HttpServer } from '../net/http-server.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import type { User } from '../user.ts'
import { commonLogTime, httpDate, strftime } from './dates.ts'
import { type NginxLocation, type NginxServer, nginxServers } from './nginx-configuration.ts'

const PID_FILE = '/var/run/nginx.pid'
/** From its start to its listening socket (recording probe-httpget: a probe that comes at once is refused). */
const START_MS = 60

/** Signals as in nginx.org/en/docs/control.html: TERM and INT stop at once, QUIT after the requests in flight. */
export const nginx: Program = {
  name: 'nginx',
  residentBytes: 3 * 1024 * 1024,
  *run(task) {
    const words = task.argv.slice(1)
    if (words[0] === '-v' || words[0] === '-V') {
      yield* write(task, 2, `nginx version: nginx/${versionOf(task)}\n`)
      return 0
    }
    if (words[0] === '-s') return yield* signalMaster(task, words[1] ?? '')
    const servers = nginxServers(task)
    if (words[0] === '-t') {
      const file = '/etc/nginx/nginx.conf'
      yield* write(
        task,
        2,
        `nginx: the configuration file ${file} syntax is ok\nnginx: configuration file ${file} test is successful\n`,
      )
      return 0
    }
    yield { effect: 'compute', ms: START_MS }
    const directives = words.filter((_, index) => words[index - 1] === '-g').join(' ')
    if (/daemon\s+off\s*;/.test(directives)) return yield* master(task, servers)
    // A daemon goes on in the background; whoever started it is done.
    task.fork({ ...nginx, run: (daemon) => master(daemon, servers) })
    return 0
  },
}

/** The version that the image says it has. */
function versionOf(task: Task): string {
  return task.env['NGINX_VERSION']?.replace(/-.*/, '') ?? '1.7.9'
}

function* signalMaster(task: Task, name: Bytes): Action<number> {
  const signal = ({ stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const)[name]
  if (!signal) throw new ProgramError(`invalid option: "-s ${name}"`)
  const target = task.files.exists(PID_FILE) ? task.table.task(Number(task.files.read(PID_FILE))) : undefined
  if (!target || target.exit)
    throw new ProgramError(`[error] open() "${PID_FILE}" failed (2: No such file or directory)`)
  target.post(signal)
  yield* write(task, 1, '')
  return 0
}

/** Serves until a signal ends it. What its worker would serve, the master serves here; the worker is only there. */
function* master(task: Task, servers: readonly NginxServer[]): Action<number> {
  // nginx names its processes by what they do (ngx_setproctitle).
  task.argv = [`nginx: master process ${task.argv.join(' ')}`]
  for (const signal of ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'WINCH', 'CHLD'] as const)
    task.dispose(signal, 'catch')
  task.files.makeDirectory('/var/run', {}, true)
  task.files.write(PID_FILE, `${task.pid}\n`)
  const server = new HttpServer(task)
  for (const port of new Set(servers.map((each) => each.port))) listen(task, server, servers, port)
  let own = startWorker(task)
  for (;;) {
    const signal = yield* server.serve()
    if (signal === 'QUIT') yield* server.drain()
    if (signal === 'HUP') {
      own.post('QUIT')
      own = startWorker(task)
    }
    task.reap()
    if (signal !== 'TERM' && signal !== 'INT' && signal !== 'QUIT') continue
    own.post('QUIT')
    task.files.remove(PID_FILE)
    return 0
  }
}

function startWorker(task: Task): Task {
  const user = userOf(task)
  return task.fork({ ...nginx, run: worker }, { argv: ['nginx: worker process'], ...(user && { user }) })
}

function* worker(task: Task): Action<number> {
  for (const signal of ['TERM', 'INT', 'QUIT'] as const) task.dispose(signal, 'catch')
  yield* pause()
  return 0
}

/** Who the workers are: the user of the configuration, if the master may become another one. */
function userOf(task: Task): User | undefined {
  if (task.user.uid !== 0 || !task.files.exists('/etc/passwd')) return undefined
  const line = decode(task.files.read('/etc/passwd'))
    .split('\n')
    .find((each) => each.startsWith('nginx:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid), groups: [Number(gid)] }
}

function listen(task: Task, server: HttpServer, servers: readonly NginxServer[], port: number): void {
  const own = servers.filter((each) => each.port === port)
  try {
    server.listen(port, (request, connection) => {
      const host = request.headers.get('host')?.replace(/:\d+$/, '')
      return answer(
        task,
        own.find(({ name }) => name === host) ?? (own[0] as NginxServer),
        request,
        connection,
      )
    })
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ProgramError(`[emerg] bind() to 0.0.0.0:${port} failed (98: ${error.text})`)
  }
}

function* answer(
  task: Task,
  server: NginxServer,
  request: HttpRequest,
  connection: Connection,
): Action<HttpResponse> {
  const { response, complaint } = responseTo(task, server, request)
  if (complaint !== undefined)
    yield* write(task, 2, errorLine(task, complaint, { server, request, connection }))
  yield* write(task, 1, accessLine(task, request, response, connection))
  return response
}

interface Answered {
  readonly response: HttpResponse
  readonly complaint?: Bytes
}

function responseTo(task: Task, server: NginxServer, { method, target }: HttpRequest): Answered {
  const path = decodedPath(target)
  if (path === undefined) return { response: errorPage(task, 400) }
  const location = locationFor(server, path)
  const fixed = location?.answer ?? server.answer
  if (fixed) return { response: fixedAnswer(task, fixed) }
  if (method !== 'GET' && method !== 'HEAD') return { response: errorPage(task, 405) }
  const root = location?.root ?? server.root
  const [index = 'index.html'] = location?.index ?? server.index
  const file = `${root}${path}${path.endsWith('/') ? index : ''}`
  try {
    const node = task.files.node(file)
    if (node.kind === 'directory') return { response: movedTo(task, `${path}/`) }
    const own = {
      'Content-Type': typeOf(file),
      'Last-Modified': httpDate(node.mtimeMs),
      'Accept-Ranges': 'bytes',
    }
    return {
      response: { status: 200, headers: { ...commonHeaders(task), ...own }, body: task.files.read(file) },
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    return missing(task, { error, file, directory: `${root}${path}`, index })
  }
}

/** A directory that is there without its default index is forbidden, as autoindex is off. */
function missing(
  task: Task,
  {
    error,
    file,
    directory,
    index,
  }: { readonly error: SystemError; readonly file: Bytes; readonly directory: Bytes; readonly index: Bytes },
): Answered {
  if (error.code === 'EACCES')
    return { response: errorPage(task, 403), complaint: `open() "${file}" failed (13: Permission denied)` }
  const isListing = directory.endsWith('/') && index !== 'index.html' && task.files.exists(directory)
  if (isListing)
    return { response: errorPage(task, 403), complaint: `directory index of "${directory}" is forbidden` }
  return {
    response: errorPage(task, 404),
    complaint: `open() "${file}" failed (2: No such file or directory)`,
  }
}

/** An exact location, else the one with the longest prefix. */
function locationFor({ locations }: NginxServer, path: Bytes): NginxLocation | undefined {
  const exact = locations.find(({ prefix, isExact }) => isExact && prefix === path)
  const fitting = locations.filter(({ prefix, isExact }) => !isExact && path.startsWith(prefix))
  return exact ?? fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]
}

function fixedAnswer(task: Task, { status, text }: NonNullable<NginxLocation['answer']>): HttpResponse {
  if (status >= 300 && status < 400) return movedTo(task, text, status)
  if (text === '' && status >= 400) return errorPage(task, status)
  return {
    status,
    headers: { ...commonHeaders(task), 'Content-Type': 'application/octet-stream' },
    body: text,
  }
}

function movedTo(task: Task, location: Bytes, status = 301): HttpResponse {
  const page = errorPage(task, status)
  return { ...page, headers: { ...page.headers, Location: location } }
}

function decodedPath(target: Bytes): Bytes | undefined {
  const [path = ''] = target.split('?')
  const decoded = path.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return decoded.startsWith('/') && !decoded.split('/').includes('..') ? decoded : undefined
}

/** The page that nginx makes itself; its white background went with 1.15. */
function errorPage(task: Task, status: number): HttpResponse {
  const title = `${status} ${reasonOf(status)}`
  const version = versionOf(task)
  const colour = Number(version.split('.')[1]) < 15 ? ' bgcolor="white"' : ''
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body${colour}>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`
  return { status, headers: { ...commonHeaders(task), 'Content-Type': 'text/html' }, body }
}

function commonHeaders(task: Task): Readonly<Record<string, Bytes>> {
  return { Server: `nginx/${versionOf(task)}`, Date: httpDate(task.now()), Connection: 'keep-alive' }
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

function errorLine(
  task: Task,
  complaint: Bytes,
  about: { readonly server: NginxServer; readonly request: HttpRequest; readonly connection: Connection },
): Bytes {
  const { server, request, connection } = about
  const asked = `request: "${request.method} ${request.target} ${request.version}", host: "${request.headers.get('host') ?? ''}"`
  const time = strftime('%Y/%m/%d %H:%M:%S', task.now())
  return `${time} [error] ${task.pid}#${task.pid}: *1 ${complaint}, client: ${connection.remote.address}, server: ${server.name}, ${asked}\n`
}
