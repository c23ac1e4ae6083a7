// The configuration of nginx, as far as it is modelled: servers, roots, locations and what they return.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import { matches } from '../shell/pattern.ts'
import type { Task } from '../task.ts'

/** `location PREFIX { ... }`, or `location = PATH`. */
export interface NginxLocation {
  readonly prefix: Bytes
  readonly isExact: boolean
  readonly root: Bytes | undefined
  readonly index: readonly Bytes[] | undefined
  readonly answer: { readonly status: number; readonly text: Bytes } | undefined
}

/** One `server { ... }`. */
export interface NginxServer {
  readonly port: number
  readonly name: Bytes
  readonly root: Bytes
  readonly index: readonly Bytes[]
  readonly answer: NginxLocation['answer']
  readonly locations: readonly NginxLocation[]
}

interface Directive {
  readonly name: Bytes
  readonly words: readonly Bytes[]
  readonly block: readonly Directive[] | undefined
}

const DEFAULT_ROOT = '/usr/share/nginx/html'
const CONFIGURATION = '/etc/nginx/nginx.conf'
const SERVERS = '/etc/nginx/conf.d/*.conf'

/** Directives that change nothing which is modelled: processes, logs' places, buffers, compression. */
const WITHOUT_EFFECT =
  /^(?:user|worker_\w+|error_log|access_log|log_format|pid|events|use|multi_accept|default_type|types|types_hash_\w+|sendfile|tcp_\w+|keepalive_\w+|gzip\w*|charset|error_page|server_tokens|server_names_hash_\w+|client_\w+|send_timeout|daemon|master_process|expires|add_header|autoindex)$/

/** The servers of /etc/nginx; the image's own one if there is no file. @throws ProgramError for what is not modelled */
export function nginxServers(task: Task): readonly NginxServer[] {
  const main = task.files.exists(CONFIGURATION) ? parse(task, CONFIGURATION) : []
  const http = main.filter(({ name }) => name === 'http').flatMap(({ block }) => block ?? [])
  refuseUnknown(main, ['http', 'include'])
  // An image whose main file is only a stub still serves what lies in conf.d.
  const included =
    http.some(({ name }) => name === 'include') || http.length === 0
      ? filesLike(task, SERVERS).flatMap((file) => parse(task, file))
      : []
  const all = [...http, ...included]
  refuseUnknown(all, ['include', 'server', 'index', 'root'])
  const servers = all.filter(({ name }) => name === 'server').map(({ block }) => serverOf(block ?? []))
  return servers.length > 0 || main.length > 0 ? servers : [serverOf([])]
}

function serverOf(directives: readonly Directive[]): NginxServer {
  refuseUnknown(directives, ['listen', 'server_name', 'root', 'index', 'location', 'return'])
  const words = (name: string) => directives.find((directive) => directive.name === name)?.words
  const listen = words('listen')?.[0] ?? '80'
  return {
    port: Number(/(\d+)$/.exec(listen)?.[1] ?? 80),
    name: words('server_name')?.[0] ?? 'localhost',
    root: words('root')?.[0] ?? DEFAULT_ROOT,
    index: words('index') ?? ['index.html'],
    answer: answerOf(words('return')),
    locations: directives.filter(({ name }) => name === 'location').map(locationOf),
  }
}

function locationOf({ words, block }: Directive): NginxLocation {
  const [first = '/', second] = words
  if (first === '~' || first === '~*' || first === '^~') throw unsupported(`location ${first}`)
  const directives = block ?? []
  refuseUnknown(directives, ['root', 'index', 'return'])
  const find = (name: string) => directives.find((directive) => directive.name === name)?.words
  const isExact = first === '='
  return {
    prefix: isExact ? (second ?? '/') : first,
    isExact,
    root: find('root')?.[0],
    index: find('index'),
    answer: answerOf(find('return')),
  }
}

function answerOf(words: readonly Bytes[] | undefined): NginxLocation['answer'] {
  return words && { status: Number(words[0]), text: words[1] ?? '' }
}

function refuseUnknown(directives: readonly Directive[], known: readonly string[]): void {
  const foreign = directives.find(({ name }) => !known.includes(name) && !WITHOUT_EFFECT.test(name))
  if (foreign) throw unsupported(foreign.name)
}

function unsupported(name: string): ProgramError {
  return new ProgramError(`[emerg] directive "${name}" is not modelled here`)
}

function filesLike(task: Task, pattern: Bytes): readonly Bytes[] {
  const directory = pattern.replace(/\/[^/]*$/, '')
  const names = task.files.exists(directory) ? task.files.list(directory) : []
  return names.map((name) => `${directory}/${name}`).filter((path) => matches(pattern, path))
}

function parse(task: Task, file: Bytes): readonly Directive[] {
  const text = task.files.read(file).replace(/(^|\s)#[^\n]*/g, '$1')
  const tokens = text.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^\s{};]+/g) ?? []
  const at = { index: 0 }
  const directives = block(tokens, at)
  if (at.index < tokens.length) throw new ProgramError(`[emerg] unexpected "}" in ${file}`)
  return directives
}

function block(tokens: readonly Bytes[], at: { index: number }): readonly Directive[] {
  const directives: Directive[] = []
  while (at.index < tokens.length && tokens[at.index] !== '}') {
    const words: Bytes[] = []
    while (at.index < tokens.length && !/^[{};]$/.test(tokens[at.index] as Bytes))
      words.push(unquoted(tokens[at.index++] as Bytes))
    const end = tokens[at.index++]
    const inner = end === '{' ? block(tokens, at) : undefined
    if (end === '{' && tokens[at.index++] !== '}')
      throw new ProgramError('[emerg] unexpected end of file, expecting "}"')
    if (end !== '{' && end !== ';')
      throw new ProgramError('[emerg] unexpected end of file, expecting ";" or "}"')
    directives.push({ name: words[0] ?? '', words: words.slice(1), block: inner })
  }
  return directives
}

function unquoted(token: Bytes): Bytes {
  return /^["']/.test(token) ? token.slice(1, -1).replace(/\\(["'\\])/g, '$1') : token
}
