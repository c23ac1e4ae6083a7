// From the text of a script to its tree, or to the message with which ash refuses it.

import { forEachChild, parse, type ParsedScript, type Statement, type SyntaxNode } from 'unbash'
import type { Bytes } from '../bytes.ts'
import { type Dialect, ShellError } from './shell.ts'
import { isName } from './variables.ts'

/** A script as far as it can be understood. */
export interface Source {
  /** Statements before the first error; ash runs a line before it reads the next. */
  readonly statements: readonly Statement[]
  readonly error: ShellError | undefined
  /** Whether more text could make it whole. */
  readonly isIncomplete: boolean
}

const caches = { ash: new Map<Bytes, Source>(), bash: new Map<Bytes, Source>() }
const MOST_CACHED = 2_000

/** The tree of a script. Ten thousand containers with one script share one tree. */
export function readScript(text: Bytes, dialect: Dialect): Source {
  const cache = caches[dialect]
  let source = cache.get(text)
  if (!source) {
    if (cache.size >= MOST_CACHED) cache.clear()
    source = sourceOf(text, dialect)
    cache.set(text, source)
  }
  return source
}

/** A substitution's script holds its own errors. @throws ShellError */
export function refuseErrors(script: ParsedScript): void {
  const [first] = script.errors ?? []
  if (first) throw new ShellError(syntaxMessage(first.message), 2)
}

function sourceOf(text: Bytes, dialect: Dialect): Source {
  const script = parse(text)
  const [first, ...others] = script.errors ?? []
  const last = others[others.length - 1] ?? first
  const foreign = script.commands.find((statement) => refusal(statement, dialect) !== undefined)
  if (!first && !foreign) {
    const isIncomplete = script.commands.some(hasOpenHereDocument)
    return { statements: script.commands, error: undefined, isIncomplete }
  }
  const errorAt = Math.min(first?.pos ?? Infinity, foreign?.pos ?? Infinity)
  const lineStart = text.lastIndexOf('\n', Math.max(0, errorAt - 1)) + 1
  const statements = script.commands.filter(
    (statement) => statement.end <= lineStart && statement !== foreign,
  )
  const message = foreign && foreign.pos <= errorAt ? refusal(foreign, dialect) : undefined
  const error = new ShellError(message ?? syntaxMessage(last?.message ?? ''), 2)
  const isIncomplete =
    message === undefined &&
    /unterminated|to close|expected command after|expected 'do'/.test(last?.message ?? '')
  return { statements, error, isIncomplete }
}

/** Whether the line that ends a here-document is still to come; at the end of a script its absence is no error. */
function hasOpenHereDocument(node: SyntaxNode): boolean {
  if (node.type === 'HereDoc' && !node.closing) return true
  let isOpen = false
  forEachChild(node, (child) => {
    isOpen ||= hasOpenHereDocument(child)
  })
  return isOpen
}

/** The parser's words as ash's. */
function syntaxMessage(message: string): string {
  const [, token] = /^unexpected token '(.*)'$/s.exec(message) ?? []
  if (token !== undefined) return `syntax error: unexpected ${token === '\n' ? 'newline' : `"${token}"`}`
  if (/unterminated (?:double|single) quote/.test(message)) return 'syntax error: unterminated quoted string'
  if (/unterminated (?:command|parameter|arithmetic)/.test(message)) {
    return 'syntax error: unexpected end of file (expecting ")")'
  }
  const [, closing] = /^expected '(\w+|[)}])'/.exec(message) ?? []
  if (closing !== undefined) return `syntax error: unexpected end of file (expecting "${closing}")`
  return `syntax error: ${message}`
}

/** What is wrong with a statement that parses as bash but that this shell does not run; undefined if nothing is. */
function refusal(node: SyntaxNode, dialect: Dialect): string | undefined {
  const own = refusedNode(node, dialect)
  if (own !== undefined) return own
  let found: string | undefined
  forEachChild(node, (child) => {
    found ??= refusal(child, dialect)
  })
  return found
}

function refusedNode(node: SyntaxNode, dialect: Dialect): string | undefined {
  switch (node.type) {
    case 'Coproc':
      return 'syntax error: coproc is not supported'
    case 'Select':
      return 'syntax error: select is not supported'
    case 'ProcessSubstitution':
      return dialect === 'ash'
        ? 'syntax error: unexpected "("'
        : 'syntax error: process substitution is not supported'
    case 'ArithmeticFor':
      return dialect === 'ash' ? 'syntax error: unexpected "("' : 'syntax error: for (( )) is not supported'
    case 'ArrayValue':
      return dialect === 'ash' ? 'syntax error: unexpected "("' : undefined
    case 'For':
      return isName(node.name.value) ? undefined : 'syntax error: bad for loop variable'
    case 'HereString':
      return dialect === 'ash' ? 'syntax error: unexpected redirection' : undefined
    case 'ArithmeticCommand':
      return dialect === 'ash'
        ? 'syntax error: (( )) is a command of bash, which this shell is not'
        : undefined
    default:
      return undefined
  }
}
