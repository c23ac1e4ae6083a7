// test and [: questions about files, texts and numbers.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import { isAllowed, type Node } from '../nodes.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** A question that cannot be understood: exit status 2. */
export class TestError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TestError'
  }
}

const unaryOperators = new Set([
  '-b',
  '-c',
  '-d',
  '-e',
  '-f',
  '-g',
  '-h',
  '-k',
  '-L',
  '-n',
  '-p',
  '-r',
  '-S',
  '-s',
  '-t',
  '-u',
  '-w',
  '-x',
  '-z',
  '-G',
  '-O',
])
const binaryOperators = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
])

/** The answer to `test words`. @throws TestError */
export function evaluateTest(task: Task, words: readonly Bytes[]): boolean {
  const [first, second, third, fourth] = words
  // POSIX decides by the number of arguments before any precedence.
  if (words.length === 0) return false
  if (words.length === 1) return first !== ''
  if (words.length === 3 && second !== undefined && binaryOperators.has(second)) {
    return binaryTest(task, first as Bytes, second, third as Bytes)
  }
  if (words.length === 4 && first === '!' && third !== undefined && binaryOperators.has(third)) {
    return !binaryTest(task, second as Bytes, third, fourth as Bytes)
  }
  const parser = new TestParser(task, words)
  return parser.parse()
}

/** `-f path`, `-n text` and so on. @throws TestError */
export function unaryTest(task: Task, operator: string, operand: Bytes): boolean {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  if (operator === '-t') return task.descriptors.get(Number(operand))?.stream.isTerminal ?? false
  const node = nodeAt(task, operand, operator !== '-h' && operator !== '-L')
  if (!node) return false
  switch (operator) {
    case '-a':
    case '-e':
      return true
    case '-f':
      return node.kind === 'file' || (node.kind === 'device' && node.numbers === undefined)
    case '-d':
      return node.kind === 'directory'
    case '-h':
    case '-L':
      return node.kind === 'symlink'
    case '-c':
      return node.kind === 'device' && node.numbers !== undefined
    case '-s':
      return (
        node.kind === 'directory' ||
        (node.kind === 'file' && (node.content !== '' || node.program !== undefined))
      )
    case '-r':
      return isAllowed(node, task.user, 4)
    case '-w':
      return isAllowed(node, task.user, 2)
    case '-x':
      return isAllowed(node, task.user, 1)
    case '-u':
      return (node.mode & 0o4000) !== 0
    case '-g':
      return (node.mode & 0o2000) !== 0
    case '-k':
      return (node.mode & 0o1000) !== 0
    case '-O':
      return node.uid === task.user.uid
    case '-G':
      return node.gid === task.user.gid
    default:
      return false
  }
}

/** `left operator right`. @throws TestError */
export function binaryTest(task: Task, left: Bytes, operator: string, right: Bytes): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
      return (nodeAt(task, left)?.mtimeMs ?? -1) > (nodeAt(task, right)?.mtimeMs ?? -1)
    case '-ot':
      return (nodeAt(task, left)?.mtimeMs ?? -1) < (nodeAt(task, right)?.mtimeMs ?? -1)
    case '-ef':
      return nodeAt(task, left) !== undefined && nodeAt(task, left) === nodeAt(task, right)
    default:
      return compareNumbers(operator, numberOf(left), numberOf(right))
  }
}

function compareNumbers(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case '-eq':
      return left === right
    case '-ne':
      return left !== right
    case '-lt':
      return left < right
    case '-le':
      return left <= right
    case '-gt':
      return left > right
    case '-ge':
      return left >= right
    default:
      throw new TestError(`${operator}: unknown operand`)
  }
}

function numberOf(text: Bytes): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(`${text}: bad number`)
  return Number(text)
}

function nodeAt(task: Task, name: Bytes, followsLast = true): Node | undefined {
  if (name === '') return undefined
  try {
    return task.files.place(task.path(name), task.user, followsLast).node
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

/** `-o` binds less than `-a`, that less than `!`; parentheses group. */
class TestParser {
  #task: Task
  #words: readonly Bytes[]
  #at = 0

  constructor(task: Task, words: readonly Bytes[]) {
    this.#task = task
    this.#words = words
  }

  parse(): boolean {
    const answer = this.#or()
    const rest = this.#words[this.#at]
    if (rest !== undefined) throw new TestError(`${rest}: unknown operand`)
    return answer
  }

  #or(): boolean {
    let answer = this.#and()
    while (this.#accept('-o')) answer = this.#and() || answer
    return answer
  }

  #and(): boolean {
    let answer = this.#not()
    while (this.#accept('-a')) answer = this.#not() && answer
    return answer
  }

  #not(): boolean {
    if (this.#words[this.#at] === '!' && this.#at + 1 < this.#words.length) {
      this.#at++
      return !this.#not()
    }
    return this.#primary()
  }

  #primary(): boolean {
    const [word, next, third] = this.#words.slice(this.#at, this.#at + 3)
    if (word === undefined) throw new TestError(`${this.#words[this.#words.length - 1]}: argument expected`)
    if (next !== undefined && binaryOperators.has(next) && third !== undefined) {
      this.#at += 3
      return binaryTest(this.#task, word, next, third)
    }
    if (word === '(') return this.#group()
    if (unaryOperators.has(word) && next !== undefined) {
      this.#at += 2
      return unaryTest(this.#task, word, next)
    }
    this.#at++
    if (next !== undefined && binaryOperators.has(next)) throw new TestError(`${next}: argument expected`)
    return word !== ''
  }

  #group(): boolean {
    this.#at++
    const answer = this.#or()
    if (!this.#accept(')')) throw new TestError('closing paren expected')
    return answer
  }

  #accept(word: string): boolean {
    if (this.#words[this.#at] !== word) return false
    this.#at++
    return true
  }
}

export const test: Program = {
  name: 'test',
  *run(task) {
    const isBracket = (task.argv[0] ?? '').endsWith('[')
    const words = task.argv.slice(1)
    try {
      if (isBracket && words.pop() !== ']') throw new TestError('missing ]')
      return evaluateTest(task, words) ? 0 : 1
    } catch (error) {
      if (!(error instanceof TestError)) throw error
      yield* write(task, 2, `${task.argv[0]}: ${error.message}\n`)
      return 2
    }
  },
}
