// curl: HTTP requests, and what came back.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { callHttp, parseUrl } from '../net/http-client.ts'
import { type HttpResponse, reasonOf } from '../net/http-message.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { type CommandLine, commandLine } from './options.ts'

const DEFAULT_TIMEOUT_MS = 300_000
const MOST_REDIRECTS = 50
const long = {
  'connect-timeout': 'c',
  data: 'd',
  fail: 'f',
  globoff: 'g',
  head: 'I',
  header: 'H',
  include: 'i',
  location: 'L',
  'max-time': 'm',
  output: 'o',
  request: 'X',
  silent: 's',
  'show-error': 'S',
  'user-agent': 'A',
  'write-out': 'w',
}

export const curl: Program = {
  name: 'curl',
  *run(task) {
    const line = commandLine(task, 'sSfgqikLvIc:d:H:m:o:X:A:w:', { long })
    const [url] = line.operands
    if (url === undefined) {
      yield* write(task, 2, "curl: try 'curl --help' or 'curl --manual' for more information\n")
      return 2
    }
    try {
      return yield* show(task, line, yield* follow(task, line, url))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      const { code, text } = failure(error, url, Number(line.value('m') ?? line.value('c') ?? 0) * 1000)
      if (!line.has('s') || line.has('S')) yield* write(task, 2, `curl: (${code}) ${text}\n`)
      return code
    }
  },
}

function* follow(task: Task, line: CommandLine, first: Bytes): Action<HttpResponse> {
  let location = first
  for (let count = 0; ; count++) {
    const data = line.values('d').join('&')
    const own = line.values('H').map((header) => header.split(/:\s*/, 2) as [string, string])
    const limit = line.value('m') ?? line.value('c')
    const url = parseUrl(location)
    const response = yield* callHttp(task, {
      method: line.value('X') ?? (line.has('I') ? 'HEAD' : line.has('d') ? 'POST' : 'GET'),
      url,
      headers: {
        'User-Agent': line.value('A') ?? 'curl/8.5.0',
        Accept: '*/*',
        ...(line.has('d') ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...Object.fromEntries(own),
      },
      body: data,
      timeoutMs: limit === undefined ? DEFAULT_TIMEOUT_MS : Number(limit) * 1000,
    })
    const next = response.headers?.['location']
    if (!line.has('L') || next === undefined || count >= MOST_REDIRECTS) return response
    location = next.startsWith('/') ? `http://${url.host}:${url.port}${next}` : next
  }
}

function* show(task: Task, line: CommandLine, response: HttpResponse): Action<number> {
  if (line.has('f') && response.status >= 400) {
    if (!line.has('s') || line.has('S'))
      yield* write(task, 2, `curl: (22) The requested URL returned error: ${response.status}\n`)
    return 22
  }
  const headers = Object.entries(response.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
  const head =
    line.has('i') || line.has('I')
      ? `HTTP/1.1 ${response.status} ${reasonOf(response.status)}\r\n${headers.join('')}\r\n`
      : ''
  const output = line.value('o')
  const text = head + (response.body ?? '')
  if (output === undefined || output === '-') yield* write(task, 1, text)
  else if (output !== '/dev/null') task.files.write(task.path(output), text, { user: task.user })
  const format = line.value('w')
  if (format !== undefined)
    yield* write(task, 1, format.replaceAll('%{http_code}', String(response.status)).replaceAll('\\n', '\n'))
  return 0
}

/** The exit codes of curl(1). */
function failure(
  error: SystemError,
  location: Bytes,
  timeoutMs: number,
): { readonly code: number; readonly text: string } {
  const { host, port } = parseUrl(location)
  if (error.code === 'ENOENT') return { code: 6, text: `Could not resolve host: ${host}` }
  if (error.code === 'ETIMEDOUT')
    return { code: 28, text: `Operation timed out after ${timeoutMs} milliseconds with 0 bytes received` }
  if (error.code === 'ECONNRESET') return { code: 52, text: 'Empty reply from server' }
  return { code: 7, text: `Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server` }
}
