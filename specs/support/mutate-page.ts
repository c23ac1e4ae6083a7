// Changes one value of a page's outputs: so that it is false, or so that it is as true as before.

import { readTable } from '../../src/transcript/compare/table.ts'
import type { CommandStep, SourceLine } from '../../src/transcript/page.ts'
import { readPage } from '../../src/transcript/read.ts'
import { schedulePage } from '../../src/transcript/timeline/schedule.ts'
import type { Random } from '../../src/time/random.ts'

/** A page with one change, and what was changed, for the report. */
export interface Mutation {
  readonly kind: string
  readonly text: string
  readonly line: number
  readonly told: string
}

interface Output {
  readonly step: CommandStep
  readonly line: SourceLine
  readonly isTable: boolean
  /** How many columns the table has; 0 where there is none. */
  readonly columns: number
  readonly next: SourceLine | undefined
}

type Change = (output: Output, random: Random) => string | undefined

const STATUSES = ['Running', 'Pending', 'Completed', 'Error', 'Terminating', 'ImagePullBackOff', 'Unknown']

/** Each change makes a line false; undefined where the line has nothing of the kind. */
const FALSE: Readonly<Record<string, Change>> = {
  status: ({ line: { text } }, random) => {
    const found =
      /(?<= )(?:Running|Pending|Completed|Error|Terminating|ErrImagePull|ImagePullBackOff|ContainerCreating)\b/.exec(
        text,
      )?.[0]
    return found && text.replace(found, random.pick(STATUSES.filter((status) => status !== found)))
  },
  'init status': ({ line: { text } }) =>
    text.includes('Init:')
      ? text.replace(/Init:(\d)\/(\d)/, (_, done: string) => `Init:${Number(done) + 1}/3`)
      : undefined,
  'ready count': ({ line: { text }, isTable }, random) =>
    isTable
      ? replaced(
          text,
          /(?<=\s)\d\/\d(?=\s)/,
          (count) => `${Number(count[0]) + random.between(1, 4)}/${count[2]}`,
        )
      : undefined,
  restarts: ({ line: { text }, isTable }, random) =>
    isTable
      ? replaced(text, /(?<=(?:Running|Error|Terminating|Pending|Init:\d\/\d)\s+)\d+/, (count) =>
          String(Number(count) + random.between(1, 9)),
        )
      : undefined,
  'exit status': ({ line: { text } }, random) =>
    replaced(text, /(?<=status )\d+|(?<=Exited \()\d+/, (code) =>
      String(Number(code) + random.between(1, 100)),
    ),
  number: ({ line: { text }, isTable }, random) =>
    isTable ? undefined : replaced(text, /^\d+$/, (number) => String(Number(number) + random.between(1, 50))),
  'log line': ({ line: { text }, isTable, step }, random) => {
    if (isTable || !/\blogs\b/.test(step.source)) return undefined
    const letters = [...text.matchAll(/[a-z]/g)]
    if (letters.length === 0) return undefined
    const { index } = random.pick(letters)
    return `${text.slice(0, index)}Q${text.slice(index + 1)}`
  },
  'answer of a command': ({ line: { text }, isTable, step }, random) => {
    if (isTable || /\blogs\b/.test(step.source) || !/ (?:created|deleted|met|not found)$|"$/.test(text))
      return undefined
    const letters = [...text.matchAll(/(?<=[a-z])[a-z](?=[a-z])/g)]
    if (letters.length === 0) return undefined
    const { index } = random.pick(letters)
    return `${text.slice(0, index)}q${text.slice(index + 1)}`
  },
  duration: ({ line: { text } }, random) =>
    replaced(text, /(?<=^real\s+)0m[\d.]+s$/, () => `${random.between(1, 9)}m${random.between(1, 9)}.000s`),
}

/** A random false change of the page; lines in `except` are false already. */
export function falsify(text: string, random: Random, except: readonly number[]): Mutation {
  const outputs = outputsOf(text).filter(({ line }) => !except.includes(line.line))
  for (;;) {
    if (random.between(0, 10) === 0) {
      const swapped = swap(text, outputs, random)
      if (swapped) return swapped
    }
    const output = random.pick(outputs)
    const [kind, change] = random.pick(Object.entries(FALSE))
    const changed = change(output, random)
    if (changed !== undefined && changed !== output.line.text)
      return { kind, text: withLine(text, output.line, changed), line: output.line.line, told: changed }
  }
}

/** Two different lines of a log or a watch change places. */
function swap(text: string, outputs: readonly Output[], random: Random): Mutation | undefined {
  const { step, line, next } = random.pick(outputs)
  const isOrdered = /\blogs\b|\s-w\b/.test(step.source)
  if (!isOrdered || !next || next.line !== line.line + 1 || sameWords(line.text, next.text)) return undefined
  const lines = text.split('\n')
  lines[line.line - 1] = (lines[line.line - 1] ?? '').replace(line.text, () => next.text)
  lines[next.line - 1] = (lines[next.line - 1] ?? '').replace(next.text, () => line.text)
  return { kind: 'order', text: lines.join('\n'), line: line.line, told: `${next.text} before ${line.text}` }
}

function sameWords(a: string, b: string): boolean {
  return a.trim() === b.trim()
}

/** A random change of the page that leaves it as true as it was. */
export function disguise(text: string, random: Random): Mutation {
  const outputs = outputsOf(text)
  for (;;) {
    const { line, isTable, columns } = random.pick(outputs)
    const kind = random.pick(['age', 'address', 'spacing', 'node', 'uid', 'id'])
    const everywhere = (pattern: RegExp, by: () => string): Mutation | undefined => {
      const found = pattern.exec(line.text)?.[0]
      const word = found === undefined ? '' : by()
      return found === undefined
        ? undefined
        : { kind, text: text.replaceAll(found, word), line: line.line, told: word }
    }
    const changed = (() => {
      if (kind === 'address')
        return everywhere(
          /\b10\.244\.\d+\.\d+/,
          () => `10.${random.between(0, 200)}.${random.between(0, 200)}.${random.between(1, 250)}`,
        )
      if (kind === 'node')
        return everywhere(/\bk8s-node\d\.zhch\.lan/, () => `worker-${random.text(4, 'abcdefgh')}.example`)
      if (kind === 'uid') return everywhere(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, () => uid(random))
      if (kind === 'id') return everywhere(/^[0-9a-f]{12}(?=\s)/, () => `${random.text(11, '0123456789')}e`)
      const by =
        kind === 'age'
          ? aged(line.text, random)
          : isTable && line.text.trim().split(/\s{2,}/).length === columns
            ? line.text.replace(/ {2,}/g, (gap) => gap + ' '.repeat(random.between(1, 5)))
            : undefined
      return by === undefined
        ? undefined
        : { kind, text: withLine(text, line, by), line: line.line, told: by }
    })()
    if (changed && changed.text !== text && leftOver(changed.text) <= leftOver(text)) return changed
  }
}

/** How many spans of a page contradict others: an age that does so is no harmless one. */
function leftOver(text: string): number {
  return schedulePage(readPage('', text)).leftOver.length
}

/** An AGE of whole seconds, up to two more. */
function aged(text: string, random: Random): string | undefined {
  return replaced(text, /(?<=\s)\d+s(?=\s|$)/, (age) => `${Number(age.slice(0, -1)) + random.between(0, 2)}s`)
}

function uid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, '0123456789abcdef')).join('-')
}

function outputsOf(text: string): Output[] {
  return readPage('', text).steps.flatMap((step) => {
    if (step.kind !== 'command') return []
    const lines = step.expected?.lines ?? []
    const table = readTable(lines, (line) => line.text)
    const isTable = table !== undefined
    const columns = table?.columns.length ?? 0
    return lines
      .map((line, index) => ({ step, line, isTable, columns, next: lines[index + 1] }))
      .slice(isTable ? 1 : 0)
  })
}

function replaced(text: string, pattern: RegExp, by: (found: string) => string): string | undefined {
  return pattern.test(text) ? text.replace(pattern, by) : undefined
}

function withLine(text: string, line: SourceLine, changed: string): string {
  return text.slice(0, line.offset) + changed + text.slice(line.offset + line.text.length)
}
