// A failure in words: whole for the terminal, and for the report without anything of the machine.

import { relative } from 'node:path'
import { inspect } from 'node:util'
import { createTwoFilesPatch } from 'diff'

export interface FailureText {
  /** With the line of the spec, and a diff where values were compared. */
  readonly terminal: string
  readonly report: string
}

/** What mocha and assertion libraries put on errors. */
interface FailedAssertion {
  readonly message?: unknown
  readonly stack?: unknown
  readonly actual?: unknown
  readonly expected?: unknown
  readonly showDiff?: unknown
}

export function failureText(error: unknown): FailureText {
  const { message, stack, ...rest } = asError(error)
  const text = String(message).trimEnd()
  const frames = ownFrames(typeof stack === 'string' ? stack : '', text)
  const terminal = [indented(text), ...difference(rest), ...frames.map((frame) => `  ${frame}`)].join('\n')
  return { terminal, report: `${text}\n` }
}

function asError(error: unknown): FailedAssertion {
  return typeof error === 'object' && error !== null && 'message' in error
    ? error
    : { message: String(error) }
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')
}

/** Values that were compared, line by line. Sentences are no values: they say what they expected. */
function difference({ actual, expected, showDiff }: FailedAssertion): string[] {
  if (showDiff === false || expected === undefined) return []
  const options = { compact: false, depth: 20, sorted: true, breakLength: 100 } as const
  const asText = (value: unknown) => (typeof value === 'string' ? value : inspect(value, options))
  const patch = createTwoFilesPatch('expected', 'actual', asText(expected), asText(actual), '', '', {
    context: 3,
  })
  const lines = patch
    .split('\n')
    .slice(1)
    .filter((line) => !line.startsWith('\\'))
  return ['', indented(lines.join('\n').trimEnd())]
}

/** How many lines of the stack a reader is shown. */
const MOST_FRAMES = 3

/** Frames that tell a reader nothing: those of node, of installed packages (podproof among them), and of these hooks. */
const FOREIGN = /node_modules|node:|\b(src|dist)[\\/]mocha[\\/]/

/** The frames of the project itself, relative to it. */
function ownFrames(stack: string, message: string): string[] {
  const afterMessage = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack
  return afterMessage
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !FOREIGN.test(line))
    .slice(0, MOST_FRAMES)
    .map(relativeFrame)
}

function relativeFrame(frame: string): string {
  return frame.replace(/(?<=[\s(])(?:file:\/\/)?(\/[^():]+)/, (_, path: string) =>
    relative(process.cwd(), path),
  )
}
