// awk, as far as scripts use it to pick fields: `{print $1, "text", $NF}` with an optional pattern before it.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { eachLine } from './inputs.ts'
import { commandLine } from './options.ts'
import { compile, extendedRegExp } from './regexp.ts'

/** A line that is looked at: itself, its fields, and its number. */
interface AwkRecord {
  readonly line: Bytes
  readonly fields: readonly Bytes[]
  readonly number: number
}

/** Everything but `/regex/ {print ...}`, `NR==n {print ...}` and `{print ...}` is refused. */
export const awk: Program = {
  name: 'awk',
  *run(task) {
    const { value, operands } = commandLine(task, 'F:v:', { stopsAtOperand: true })
    const [script, ...names] = operands
    if (script === undefined) throw new ProgramError('missing program')
    const { matches, shown } = ruleOf(script)
    const separator = value('F')
    let number = 0
    return yield* eachLine(task, names, function* (line) {
      number++
      const record = { line, fields: fieldsOf(line, separator), number }
      if (matches(record)) yield* write(task, 1, `${shown(record)}\n`)
      return true
    })
  },
}

function fieldsOf(line: Bytes, separator: Bytes | undefined): readonly Bytes[] {
  if (separator === undefined || separator === ' ') return line.split(/\s+/).filter((field) => field !== '')
  return line.split(separator.length === 1 ? separator : compile(extendedRegExp(separator)))
}

function ruleOf(script: Bytes) {
  const refused = new ProgramError(`only {print ...} with a pattern is supported, not: ${script}`)
  const found = /^\s*(?:\/((?:\\.|[^/\\])*)\/|NR\s*==\s*(\d+))?\s*(?:\{\s*print\b([^{}]*)\})?\s*$/s.exec(
    script,
  )
  if (!found || script.trim() === '') throw refused
  const [, pattern, line, list = ''] = found
  const expression = pattern === undefined ? undefined : compile(extendedRegExp(pattern))
  const values =
    list.replace(/;\s*$/, '').trim() === ''
      ? [[wholeLine]]
      : list
          .replace(/;\s*$/, '')
          .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
          .map((part) => concatenation(part, refused))
  return {
    matches: (record: AwkRecord) =>
      (expression?.test(record.line) ?? true) && (line === undefined || record.number === Number(line)),
    shown: (record: AwkRecord) => values.map((parts) => parts.map((part) => part(record)).join('')).join(' '),
  }
}

type Value = (record: AwkRecord) => Bytes

const wholeLine: Value = ({ line }) => line

/** Values that stand side by side: fields, numbers and texts in quotes. */
function concatenation(text: Bytes, refused: ProgramError): readonly Value[] {
  const tokens = text.trim().match(/"(?:\\.|[^"\\])*"|\$NF|\$\d+|NF|NR|\d+|\S/g) ?? []
  return tokens.map((token): Value => {
    if (token.startsWith('"'))
      return () => token.slice(1, -1).replace(/\\t/g, '\t').replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')
    if (token === '$0') return wholeLine
    if (token === '$NF') return ({ fields }) => fields[fields.length - 1] ?? ''
    if (token === 'NF') return ({ fields }) => String(fields.length)
    if (token === 'NR') return ({ number }) => String(number)
    if (/^\$\d+$/.test(token)) return ({ fields }) => fields[Number(token.slice(1)) - 1] ?? ''
    if (/^\d+$/.test(token)) return () => token
    throw refused
  })
}
