// grep: the lines that match.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { LineReader, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { openInput } from './inputs.ts'
import { type CommandLine, commandLine } from './options.ts'
import { basicRegExp, compile, extendedRegExp } from './regexp.ts'
import { walkTree } from './tree.ts'

export const grep: Program = {
  name: 'grep',
  run: (task) =>
    run(task, task.argv[0]?.endsWith('egrep') ? 'E' : task.argv[0]?.endsWith('fgrep') ? 'F' : 'G'),
}

function* run(task: Task, dialect: string): Action<number> {
  const line = commandLine(task, 'EFGinvclLqsoHhrRwxe:f:m:A:B:C:', {
    long: { 'line-buffered': 's', quiet: 'q', count: 'c' },
  })
  const { has, values, operands } = line
  const [first, ...others] = operands
  const isListed = has('e') || has('f')
  if (!isListed && first === undefined)
    throw new ProgramError(
      'Usage: grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... } [FILE]...',
      2,
    )
  const fromFile = values('f').flatMap((name) =>
    task.files.read(task.path(name), task.user).replace(/\n$/, '').split('\n'),
  )
  const patterns = isListed
    ? [...values('e').flatMap((text) => text.split('\n')), ...fromFile]
    : (first as Bytes).split('\n')
  const expression = expressionOf(patterns, has('F') ? 'F' : has('E') ? 'E' : dialect, line)
  const names = inputNames(task, isListed ? operands : others, line)
  const showsName = !has('h') && (has('H') || names.length > 1 || has('r') || has('R'))
  return yield* searchAll(task, new Search(task, line, expression, showsName), names)
}

function inputNames(task: Task, names: readonly Bytes[], { has }: CommandLine): readonly Bytes[] {
  if (!has('r') && !has('R')) return names.length > 0 ? names : ['-']
  return (names.length > 0 ? names : ['.']).flatMap((name) => {
    const path = task.path(name)
    const files = walkTree(task, path).filter(
      (each) => task.files.node(each, task.user, false).kind === 'file',
    )
    return files.map((each) => name + each.slice(path.length))
  })
}

function* searchAll(task: Task, search: Search, names: readonly Bytes[]): Action<number> {
  let hasMatch = false
  let hasFailed = false
  for (const name of names) {
    const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
    if (descriptor === undefined) {
      hasFailed = true
      continue
    }
    if (yield* search.file(descriptor, name)) hasMatch = true
    if (hasMatch && search.isQuiet) return 0
  }
  return hasFailed ? 2 : hasMatch ? 0 : 1
}

function expressionOf(patterns: readonly Bytes[], dialect: string, { has }: CommandLine): RegExp {
  const sources = patterns.map((pattern) => {
    if (dialect === 'F') return pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    return dialect === 'E' ? extendedRegExp(pattern) : basicRegExp(pattern)
  })
  const any = `(?:${sources.join('|')})`
  const source = has('x') ? `^${any}$` : has('w') ? `(?<![A-Za-z0-9_])${any}(?![A-Za-z0-9_])` : any
  return compile(source, has('i') ? 'gi' : 'g')
}

/** One search through several files. */
class Search {
  readonly isQuiet: boolean
  #task: Task
  #line: CommandLine
  #expression: RegExp
  #showsName: boolean

  constructor(task: Task, line: CommandLine, expression: RegExp, showsName: boolean) {
    this.#task = task
    this.#line = line
    this.#expression = expression
    this.#showsName = showsName
    this.isQuiet = line.has('q')
  }

  /** Prints what matches in one file; answers whether anything did. */
  *file(descriptor: number, name: Bytes): Action<boolean> {
    const { has, value } = this.#line
    const most = Number(value('m') ?? Infinity)
    const [before, after] = [Number(value('B') ?? value('C') ?? 0), Number(value('A') ?? value('C') ?? 0)]
    const reader = new LineReader(this.#task, descriptor)
    const kept: string[] = []
    let [count, number, trailing] = [0, 0, 0]
    for (let line = yield* reader.next(); line !== undefined && count < most; line = yield* reader.next()) {
      number++
      const text = line.replace(/\n$/, '')
      if (this.#isWanted(text)) {
        count++
        if (this.isQuiet) return true
        if (has('c') || has('l') || has('L')) continue
        for (const earlier of kept.splice(0)) yield* write(this.#task, 1, earlier)
        yield* write(this.#task, 1, this.#shown(text, name, number, ':'))
        trailing = after
      } else if (trailing > 0) {
        trailing--
        yield* write(this.#task, 1, this.#shown(text, name, number, '-'))
      } else if (before > 0) {
        kept.push(this.#shown(text, name, number, '-'))
        if (kept.length > before) kept.shift()
      }
    }
    const shownName = name === '-' ? '(standard input)' : name
    if (has('c')) yield* write(this.#task, 1, `${this.#showsName ? `${shownName}:` : ''}${count}\n`)
    if ((has('l') && count > 0) || (has('L') && count === 0)) yield* write(this.#task, 1, `${shownName}\n`)
    return has('L') ? count === 0 : count > 0
  }

  #isWanted(text: Bytes): boolean {
    this.#expression.lastIndex = 0
    return this.#expression.test(text) !== this.#line.has('v')
  }

  #shown(text: Bytes, name: Bytes, number: number, separator: string): Bytes {
    const { has } = this.#line
    const prefix = `${this.#showsName ? name + separator : ''}${has('n') ? `${number}${separator}` : ''}`
    if (!has('o')) return `${prefix}${text}\n`
    this.#expression.lastIndex = 0
    return [...text.matchAll(this.#expression)].map(([match]) => `${prefix}${match}\n`).join('')
  }
}
