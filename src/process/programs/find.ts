// find: paths that have some properties.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import type { Node } from '../nodes.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { matches } from '../shell/pattern.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** One path on the way. */
interface Visit {
  readonly path: Bytes
  readonly node: Node
  readonly depth: number
}

type Test = (visit: Visit) => boolean

/** What the command line asks for. */
interface Search {
  readonly tests: readonly Test[]
  readonly act: (visit: Visit) => Action<void>
  readonly leastDepth: number
  readonly mostDepth: number
}

/** -name, -iname, -path, -type, -size, -empty, -mmin, -newer, -maxdepth, -mindepth, -print, -print0, -delete; all must hold. */
export const find: Program = {
  name: 'find',
  *run(task) {
    const words = task.argv.slice(1)
    const first = words.findIndex((word) => /^[-!(]/.test(word))
    const starts = first < 0 ? words : words.slice(0, first)
    const search = searchOf(task, first < 0 ? [] : words.slice(first))
    let status = 0
    for (const start of starts.length > 0 ? starts : ['.'])
      if (!(yield* visit(task, search, start, 0))) status = 1
    return status
  },
}

function* visit(task: Task, search: Search, path: Bytes, depth: number): Action<boolean> {
  let isDone = true
  try {
    const node = task.files.node(task.path(path), task.user, false)
    const names =
      node.kind === 'directory' && depth < search.mostDepth ? task.files.list(task.path(path), task.user) : []
    const isWanted = depth >= search.leastDepth && search.tests.every((test) => test({ path, node, depth }))
    if (isWanted) yield* search.act({ path, node, depth })
    for (const name of names)
      isDone = (yield* visit(task, search, `${path.replace(/\/$/, '')}/${name}`, depth + 1)) && isDone
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `find: ${path}: ${error.text}\n`)
    return false
  }
  return isDone
}

function searchOf(task: Task, words: readonly Bytes[]): Search {
  const tests: Test[] = []
  let [leastDepth, mostDepth] = [0, Infinity]
  let act = (visit: Visit) => write(task, 1, `${visit.path}\n`)
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Bytes
    const isNegated = word === '!' || word === '-not'
    const name = isNegated ? (words[++i] ?? '') : word
    if (name === '-print' || name === '-a') continue
    if (name === '-print0') act = (visit) => write(task, 1, `${visit.path}\0`)
    else if (name === '-delete') act = (visit) => remove(task, visit)
    else if (name === '-maxdepth') mostDepth = Number(words[++i])
    else if (name === '-mindepth') leastDepth = Number(words[++i])
    else {
      const takesArgument = name !== '-empty'
      const test = testOf(task, name, takesArgument ? words[++i] : undefined)
      tests.push(isNegated ? (visit) => !test(visit) : test)
    }
  }
  return { tests, act, leastDepth, mostDepth }
}

function* remove(task: Task, { path, node }: Visit): Action<void> {
  yield* write(task, 1, '')
  task.files.remove(task.path(path), task.user, node.kind === 'directory')
}

const kinds: Readonly<Record<string, Node['kind']>> = { c: 'device', d: 'directory', f: 'file', l: 'symlink' }

function testOf(task: Task, name: Bytes, argument = ''): Test {
  switch (name) {
    case '-name':
      return ({ path }) => matches(argument, path.replace(/(?<=.)\/+$/, '').replace(/^.*\//s, '') || path)
    case '-iname':
      return ({ path }) => matches(argument.toLowerCase(), path.replace(/^.*\//s, '').toLowerCase())
    case '-path':
      return ({ path }) => matches(argument, path)
    case '-type':
      return ({ node }) => node.kind === kinds[argument]
    case '-empty':
      return ({ path, node }) =>
        node.kind === 'file'
          ? node.content === ''
          : node.kind === 'directory' && task.files.list(task.path(path)).length === 0
    case '-size':
      return ({ node }) =>
        compares(
          argument.replace(/[ckb]$/, ''),
          node.kind === 'file' ? sizeIn(argument, node.content.length) : 0,
        )
    case '-mmin':
      return ({ node }) => compares(argument, Math.floor((task.now() - node.mtimeMs) / 60_000))
    case '-newer': {
      const reference = task.files.node(task.path(argument), task.user)
      return ({ node }) => node.mtimeMs > reference.mtimeMs
    }
    default:
      throw new ProgramError(`unrecognized: ${name}`)
  }
}

function sizeIn(argument: Bytes, bytes: number): number {
  if (argument.endsWith('c')) return bytes
  return Math.ceil(bytes / (argument.endsWith('k') ? 1024 : 512))
}

/** `+n` is more, `-n` is less. */
function compares(argument: Bytes, value: number): boolean {
  const number = Number(argument.replace(/^[-+]/, ''))
  if (argument.startsWith('+')) return value > number
  return argument.startsWith('-') ? value < number : value === number
}
