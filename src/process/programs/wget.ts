// wget of busybox: fetches a file over HTTP.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { callHttp, type HttpCall, parseUrl } from '../net/http-client.ts'
import { type HttpResponse, reasonOf } from '../net/http-message.ts'
import { addressesOf } from '../net/resolver.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { type CommandLine, commandLine } from './options.ts'

const DEFAULT_TIMEOUT_SECONDS = 900
const MOST_REDIRECTS = 5

/** Texts: busybox/networking/wget.c. */
export const wget: Program = {
  name: 'wget',
  *run(task) {
    const long = {
      'post-data': 'D',
      header: 'h',
      spider: 's',
      quiet: 'q',
      timeout: 'T',
      'no-check-certificate': 'n',
      tries: 't',
    }
    const line = commandLine(task, 'qO:T:ct:U:SsY:P:D:h:n', { long })
    const [url] = line.operands
    if (url === undefined) throw new ProgramError('missing URL')
    const response = yield* fetch(task, line, url)
    if (line.has('s')) {
      if (!line.has('q')) yield* write(task, 2, 'remote file exists\n')
      return 0
    }
    yield* save(task, line, url, response.body ?? '')
    return 0
  },
}

function* fetch(task: Task, line: CommandLine, first: Bytes): Action<HttpResponse> {
  let location = first
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    const url = parseUrl(location)
    const [address] = yield* addressesOf(task, url.host)
    if (address === undefined)
      throw new ProgramError(`bad address '${url.port === 80 ? url.host : `${url.host}:${url.port}`}'`)
    if (!line.has('q'))
      yield* write(
        task,
        2,
        `Connecting to ${url.host}${url.port === 80 ? '' : `:${url.port}`} (${address}:${url.port})\n`,
      )
    const response = yield* call(task, callOf(line, location), `${address}`)
    const next = response.headers?.['location']
    if (response.status < 300 || response.status > 399 || next === undefined) {
      if (response.status >= 200 && response.status < 300) return response
      throw new ProgramError(
        `server returned error: HTTP/1.1 ${response.status} ${reasonOf(response.status)}`,
      )
    }
    location = next.startsWith('/') ? `http://${url.host}:${url.port}${next}` : next
  }
  throw new ProgramError('too many redirections')
}

function callOf(line: CommandLine, location: Bytes): HttpCall {
  const post = line.value('D')
  const own = line.values('h').map((header) => header.split(/:\s*/, 2) as [string, string])
  const form = post === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }
  return {
    method: post === undefined ? 'GET' : 'POST',
    url: parseUrl(location),
    headers: {
      'User-Agent': line.value('U') ?? 'Wget',
      Connection: 'close',
      ...form,
      ...Object.fromEntries(own),
    },
    body: post ?? '',
    timeoutMs: Number(line.value('T') ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
  }
}

function* call(task: Task, asked: HttpCall, address: string): Action<HttpResponse> {
  try {
    return yield* callHttp(task, asked)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'ETIMEDOUT') throw new ProgramError('download timed out')
    if (error.code === 'ECONNRESET') throw new ProgramError('error getting response')
    throw new ProgramError(`can't connect to remote host (${address}): ${error.text}`)
  }
}

function* save(task: Task, line: CommandLine, url: Bytes, body: Bytes): Action<void> {
  const name = line.value('O') ?? (url.replace(/^.*\//s, '') || 'index.html')
  if (name === '-') {
    yield* write(task, 1, body)
    return
  }
  const path = task.path(line.value('P') === undefined ? name : `${line.value('P')}/${name}`)
  if (task.files.exists(path) && task.files.node(path).kind !== 'file') yield* write(task, 1, '')
  else task.files.write(path, body, { user: task.user, mode: 0o666 & ~task.umask })
  if (!line.has('q')) yield* write(task, 2, `saving to '${name}'\n'${name}' saved\n`)
}
