// Splits the lines of one code block into what was typed and what was printed.

import { readTable } from './compare/table.ts'
import type { SourceLine } from './page.ts'
import { isAssignment, isTypable, type Prompt, promptOf, rootPrompt } from './prompts.ts'
import { commandLength } from './typed-command.ts'

/** One command of a block, with the lines printed below it. */
export interface Typed {
  readonly prompt: Prompt | undefined
  readonly source: string
  readonly line: number
  readonly output: readonly SourceLine[]
  readonly isInterrupted: boolean
}

/** What a block says: lines that were printed before anything was typed in it, and the commands. */
export interface Session {
  readonly before: readonly SourceLine[]
  readonly typed: readonly Typed[]
}

/** Reads a block with prompts; undefined when no line has one. */
export function readSession(lines: readonly SourceLine[]): Session | undefined {
  const isPrompt = promptReader(lines)
  if (!lines.some(({ text }) => isPrompt(text))) return undefined
  const typed: Typed[] = []
  let index = 0
  const before = takeOutput()
  while (index < lines.length) typed.push(takeCommand())
  return { before: trimBlank(before), typed }

  /** Takes the lines up to the next prompt. */
  function takeOutput(): SourceLine[] {
    const start = index
    while (index < lines.length && !isPrompt(lines[index]?.text ?? '')) index++
    return lines.slice(start, index)
  }

  function takeCommand(): Typed {
    const first = lines[index] as SourceLine
    const prompt = isPrompt(first.text) as Prompt
    const length = commandLength(continued(lines.slice(index), prompt, isPrompt))
    const source = continued(lines.slice(index, index + length), prompt, isPrompt).join('\n')
    index += length
    const output = withoutComments(trimBlank(takeOutput()))
    const end = output.findIndex(({ text }) => /^\^C\s*$/.test(text))
    const shown = end < 0 ? output : output.slice(0, end)
    return { prompt, source, line: first.line, output: trimBlank(shown), isInterrupted: end >= 0 }
  }
}

/**
 * Reads a block of commands without prompts: comments and blank lines between them are left out. What a command prints
 * may stand below it, if it cannot be taken for a command.
 */
export function readBareCommands(lines: readonly SourceLine[]): Typed[] {
  const typed: Typed[] = []
  let index = 0
  while (index < lines.length) {
    const first = lines[index] as SourceLine
    if (isBlankOrComment(first.text)) index++
    else {
      const texts = lines.slice(index).map(({ text }) => text)
      const length = commandLength(texts)
      const output = printedBelow(lines.slice(index + length))
      typed.push({
        prompt: undefined,
        source: texts.slice(0, length).join('\n'),
        line: first.line,
        output: trimBlank(output),
        isInterrupted: false,
      })
      index += length + output.length
    }
  }
  return typed
}

/** The lines up to the next command, if the first of them that is not blank is a header, an error, or says what was done. */
function printedBelow(lines: readonly SourceLine[]): readonly SourceLine[] {
  const start = lines.findIndex(({ text }) => text.trim() !== '')
  const first = lines[start]?.text ?? ''
  const isOutput =
    readTable([first], (text) => text) !== undefined ||
    /^(?:[Ee]rror(?: from server)?[:( ]|No resources found)|^\S+ (?:created|configured|deleted|unchanged)$/.test(
      first,
    )
  if (!isOutput || isTypable(first)) return []
  const end = lines.findIndex(
    ({ text }, index) => index > start && (isTypable(text) || isBlankOrComment(text)),
  )
  return end < 0 ? lines : lines.slice(0, end)
}

/** Whether the first line that says anything could be typed: such a block is of commands, not of output. */
export function looksTyped(lines: readonly SourceLine[]): boolean {
  const first = lines.find(({ text }) => !isBlankOrComment(text))
  return first !== undefined && isTypable(first.text)
}

/**
 * Whether a block that could be typed was rather printed by the commands above it, of which the prose says that it shows
 * their output: what tells an environment prints `NAME=value`, and any word may be the name of a program.
 */
export function looksPrinted(lines: readonly SourceLine[], prose: string, command: string): boolean {
  const texts = lines.map(({ text }) => text.trim()).filter((text) => text !== '')
  const typed = texts.filter((text) => isTypable(text) && !isAssignment(text))
  const isAnnounced = /\boutputs?\b|\bshows?\b|\blooks? like\b|\bsimilar\b|输出|显示|类似/i.test(prose)
  if (typed.length === 0)
    return isAnnounced || (prose.trim() === '' && /\b(?:cat|env|exec|logs|printenv)\b/.test(command))
  return isAnnounced && !/\s/.test(texts[0] ?? '') && typed.length * 2 < texts.length
}

/** Leaves out blank lines at both ends. */
export function trimBlank(lines: readonly SourceLine[]): readonly SourceLine[] {
  const first = lines.findIndex(({ text }) => text.trim() !== '')
  if (first < 0) return []
  const last = lines.findLastIndex(({ text }) => text.trim() !== '')
  return lines.slice(first, last + 1)
}

/** `# ` is a prompt only where no other prompt stands: beside one it begins a comment. */
function promptReader(lines: readonly SourceLine[]): (text: string) => Prompt | undefined {
  const hasNamedPrompt = lines.some(({ text }) => promptOf(text))
  return hasNamedPrompt ? promptOf : rootPrompt
}

/** The texts of a command's lines: without its prompt, and without the `> ` that a shell prints before further ones. */
function continued(
  lines: readonly SourceLine[],
  prompt: Prompt,
  isPrompt: (text: string) => Prompt | undefined,
): string[] {
  const [first, ...rest] = lines
  const end = rest.findIndex(({ text }) => isPrompt(text))
  const texts = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text)
  const hasContinuationPrompts = (texts[0] ?? '').startsWith('> ')
  return [
    (first?.text ?? '').slice(prompt.text.length),
    ...texts.map((text) => (hasContinuationPrompts ? text.replace(/^> ?/, '') : text)),
  ]
}

/**
 * The author's remarks between an output and the next prompt are no output: `# ...` lines at the end of it, set off
 * by a blank line. A `#` line in the midst of an output (a file's comment, say) stays.
 */
function withoutComments(lines: readonly SourceLine[]): readonly SourceLine[] {
  let end = lines.length
  while (end > 0 && isBlankOrComment(lines[end - 1]?.text ?? '')) end--
  const remarks = lines.slice(end)
  const isSetOff = end === 0 || remarks[0]?.text.trim() === ''
  return isSetOff ? lines.slice(0, end) : lines
}

function isBlankOrComment(text: string): boolean {
  return /^\s*(?:#|$)/.test(text)
}
