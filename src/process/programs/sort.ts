// sort: lines in order.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { linesOfAll } from './inputs.ts'
import { type CommandLine, commandLine } from './options.ts'

export const sort: Program = {
  name: 'sort',
  *run(task) {
    const line = commandLine(task, 'nrufk:t:bdhMgcszo:V')
    const { lines, status } = yield* linesOfAll(task, line.operands)
    const keys = line.values('k').map((text) => keyOf(text, line))
    const ordered = lines.toSorted((a, b) => compareLines(a, b, keys, line))
    const shown = line.has('u')
      ? ordered.filter(
          (text, index) => index === 0 || compareKeys(ordered[index - 1] as Bytes, text, keys, line) !== 0,
        )
      : ordered
    const text = shown.map((each) => `${each}\n`).join('')
    const output = line.value('o')
    if (output === undefined) yield* write(task, 1, text)
    else task.files.write(task.path(output), text, { user: task.user, mode: 0o666 & ~task.umask })
    return status
  },
}

/** `-k 2,3nr`: fields, with options of their own. */
interface Key {
  readonly from: number
  readonly to: number
  readonly isNumeric: boolean
  readonly isReversed: boolean
}

function keyOf(text: Bytes, { has }: CommandLine): Key {
  const [from = '1', to] = text.split(',')
  const letters = text.replace(/[\d.,]/g, '')
  return {
    from: parseInt(from, 10),
    to: to === undefined ? Infinity : parseInt(to, 10),
    isNumeric: letters.includes('n') || (letters === '' && has('n')),
    isReversed: letters.includes('r') || (letters === '' && has('r')),
  }
}

function compareLines(a: Bytes, b: Bytes, keys: readonly Key[], line: CommandLine): number {
  const order = compareKeys(a, b, keys, line)
  if (order !== 0 || line.has('s') || line.has('u')) return order
  const whole = a < b ? -1 : a > b ? 1 : 0
  return line.has('r') ? -whole : whole
}

function compareKeys(a: Bytes, b: Bytes, keys: readonly Key[], line: CommandLine): number {
  const whole = { from: 1, to: Infinity, isNumeric: line.has('n'), isReversed: line.has('r') }
  for (const key of keys.length > 0 ? keys : [whole]) {
    const [left, right] = keys.length > 0 ? [fieldsOf(a, key, line), fieldsOf(b, key, line)] : [a, b]
    const order = key.isNumeric ? numberOf(left) - numberOf(right) : compareTexts(left, right, line)
    if (order !== 0) return key.isReversed ? -order : order
  }
  return 0
}

function compareTexts(left: Bytes, right: Bytes, { has }: CommandLine): number {
  const [a, b] = has('f') ? [left.toUpperCase(), right.toUpperCase()] : [left, right]
  return a < b ? -1 : a > b ? 1 : 0
}

function fieldsOf(text: Bytes, { from, to }: Key, { value }: CommandLine): Bytes {
  const separator = value('t')
  const fields = separator === undefined ? (text.match(/\s*\S+/g) ?? []) : text.split(separator)
  return fields.slice(from - 1, to).join(separator ?? '')
}

function numberOf(text: Bytes): number {
  return Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1]) || 0
}
