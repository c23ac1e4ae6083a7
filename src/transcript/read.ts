// Reads a page as its author wrote it: which blocks were typed, printed or saved, and in which terminal.

import { type Block, type CodeBlock, type Marker, readBlocks } from './blocks.ts'
import { nameFilesByUse, statedFileName } from './file-name.ts'
import { includedFile } from './include.ts'
import {
  type CommandStep,
  type ExpectedOutput,
  lineAt,
  type Page,
  type SourceLine,
  type Step,
} from './page.ts'
import { isEndless } from './run/output-form.ts'
import { looksPrinted, looksTyped, readBareCommands, readSession, trimBlank, type Typed } from './session.ts'

/** The terminal of prompts that name nobody, and the one to which the prose sends the reader from there. */
export const MAIN_TERMINAL = 'main'
const OTHER_TERMINAL = 'another'

/** Reads the text of a page; `path` is kept for messages. */
export function readPage(path: string, text: string): Page {
  const reading = new Reading(text)
  for (const block of readBlocks(text)) reading.take(block)
  return { path, text, steps: nameFilesByUse(reading.steps) }
}

const DATA_LANGUAGES = new Set([
  'yaml',
  'yml',
  'json',
  'toml',
  'ini',
  'properties',
  'conf',
  'html',
  'xml',
  'dockerfile',
])
const SHELL_LANGUAGES = new Set([
  'sh',
  'shell',
  'bash',
  'zsh',
  'console',
  'shell-session',
  'shellsession',
  'terminal',
])
const PLAIN_LANGUAGES = new Set([
  '',
  'text',
  'txt',
  'none',
  'output',
  'plain',
  'plaintext',
  'log',
  'powershell',
])

/** What has been read so far; it knows which commands still wait for their output, and where a shell is open. */
class Reading {
  readonly steps: Step[] = []
  /** The commands of the last block that was typed, as long as nothing has been shown for them. */
  #waiting: number[] = []
  /** The terminal in which a shell inside a container is open. */
  #openShell: string | undefined
  /** The terminal of a block whose prompts name nobody. */
  #unnamed = MAIN_TERMINAL
  #text: string

  constructor(text: string) {
    this.#text = text
  }

  take(block: Block): void {
    if (block.kind === 'code') this.#takeCode(block)
    else this.#takeMarker(block)
  }

  #takeMarker(marker: Marker): void {
    const { line } = marker
    const claim = marker.kind === 'comment' ? /^podproof:\s*([\s\S]+)$/.exec(marker.source)?.[1] : undefined
    if (claim !== undefined) this.steps.push({ kind: 'claim', source: claim, line: lineAt(this.#text, line) })
    const path = marker.kind === 'shortcode' ? includedFile(marker.source) : undefined
    if (path !== undefined) this.steps.push({ kind: 'include', path, line })
  }

  #takeCode(block: CodeBlock): void {
    const { language, lines } = block
    const isShell = SHELL_LANGUAGES.has(language)
    if (DATA_LANGUAGES.has(language)) this.#takeData(block)
    else if (!isShell && !PLAIN_LANGUAGES.has(language)) this.#waiting = []
    else {
      const session = readSession(lines)
      const place = placeIn(block.proseBefore)
      this.#unnamed = place === 'another' ? OTHER_TERMINAL : MAIN_TERMINAL
      if (session) this.#takeSession(session.before, session.typed)
      else if (looksTyped(lines) && !this.#isPrinted(block)) this.#takeBareCommands(lines)
      else if (place === 'original') this.#takeLaterOutput(lines)
      else if (looksLikeManifest(lines) && this.#waiting.length === 0) this.#takeFile(block)
      else this.#takeOutput(lines, /\bsimilar\b|类似/i.test(block.proseBefore))
    }
  }

  #isPrinted({ lines, proseBefore }: CodeBlock): boolean {
    const last = this.#waiting.at(-1)
    return last !== undefined && looksPrinted(lines, proseBefore, this.#command(last).source)
  }

  #takeData(block: CodeBlock): void {
    const isOutput = this.#waiting.some((index) => printsData(this.#command(index).source))
    if (isOutput) this.#takeOutput(block.lines, /\bsimilar\b|类似/i.test(block.proseBefore))
    else this.#takeFile(block)
  }

  #takeFile(block: CodeBlock): void {
    this.#waiting = []
    const content = textOf(block.lines)
    this.steps.push({ kind: 'file', name: statedFileName(block), content, line: block.line })
  }

  #takeSession(before: readonly SourceLine[], typed: readonly Typed[]): void {
    if (looksTyped(before)) this.#takeBareCommands(before)
    else if (before.length > 0) this.#takeLateOutput(before, typed[0])
    this.#waiting = []
    for (const command of typed) this.#takeTyped(command)
  }

  #takeBareCommands(lines: readonly SourceLine[]): void {
    const typed = readBareCommands(lines)
    const isInShell = this.#openShell !== undefined && !typed.some(({ source }) => isForHost(source))
    if (!isInShell) this.#openShell = undefined
    this.#waiting = []
    for (const { source, line, output: shown } of typed) {
      const terminal = this.#openShell ?? this.#unnamed
      this.#pushCommand({
        source,
        line,
        terminal,
        isInContainer: isInShell,
        expected: shown.length > 0 ? output(shown, false, 0) : undefined,
        isInterrupted: false,
      })
      this.#waiting = shown.length > 0 ? [] : [...this.#waiting, this.steps.length - 1]
    }
  }

  #takeTyped(typed: Typed): void {
    const edited = editedFile(typed.source)
    const isGiven =
      edited !== undefined && typed.output.length > 0 && !this.#hasFile(edited.name, edited.isShown)
    if (isGiven) {
      const line = typed.output[0]?.line ?? typed.line
      this.steps.push({ kind: 'file', name: edited.name, content: textOf(typed.output), line })
      return
    }
    const { source, line, isInterrupted } = typed
    const expected = typed.output.length > 0 ? output(typed.output, false, 0) : undefined
    this.#pushCommand({ ...this.#where(typed), source, line, expected, isInterrupted })
    if (!expected) this.#waiting = [this.steps.length - 1]
  }

  /** In which terminal the prompt stands, and whether inside a container. */
  #where({ prompt, source }: Typed): { terminal: string; isInContainer: boolean } {
    const isOfShell = isUserPrompt(prompt?.text) || (prompt?.terminal === undefined && !isForHost(source))
    const isInContainer = prompt?.isInContainer === true || (this.#openShell !== undefined && isOfShell)
    if (isInContainer) return { terminal: this.#openShell ?? MAIN_TERMINAL, isInContainer }
    return { terminal: prompt?.terminal ?? this.#unnamed, isInContainer }
  }

  #pushCommand(command: Omit<CommandStep, 'kind'>): void {
    this.steps.push({ kind: 'command', ...command })
    if (command.isInContainer) {
      if (/^\s*(?:exit|logout)\b/.test(command.source)) this.#openShell = undefined
    } else if (opensShell(command.source)) this.#openShell = command.terminal
    else if (this.#openShell === command.terminal) this.#openShell = undefined
  }

  /** A block of output alone belongs to the commands of the block before. */
  #takeOutput(lines: readonly SourceLine[], isSimilar: boolean): void {
    const last = this.#waiting.at(-1)
    const shown = trimBlank(lines)
    if (last !== undefined && shown.length > 0) {
      this.steps[last] = {
        ...this.#command(last),
        expected: output(shown, isSimilar, this.#waiting.length - 1),
      }
    }
    this.#waiting = []
  }

  /** Lines before the first prompt of a block were printed by what still ran in that terminal. */
  #takeLateOutput(lines: readonly SourceLine[], next: Typed | undefined): void {
    const terminal = next ? this.#where(next).terminal : MAIN_TERMINAL
    const index = this.steps.findLastIndex((step) => step.kind === 'command' && step.terminal === terminal)
    if (index < 0 || this.#command(index).expected) return
    this.steps[index] = { ...this.#command(index), expected: output(lines, false, 0) }
  }

  /** The reader looks again at the terminal from which the prose sent him away: what still runs there has printed more. */
  #takeLaterOutput(lines: readonly SourceLine[]): void {
    const index = this.steps.findLastIndex(
      (step) => step.kind === 'command' && step.terminal === MAIN_TERMINAL && !step.isInContainer,
    )
    this.#waiting = []
    if (index >= 0 && isEndless(this.#command(index).source))
      this.steps[index] = { ...this.#command(index), expected: output(trimBlank(lines), false, 0) }
  }

  #command(index: number): CommandStep {
    return this.steps[index] as CommandStep
  }

  /** `cat FILE` shows a file that the page has given before; the first time it gives it. An editor always gives it. */
  #hasFile(name: string, isShown: boolean): boolean {
    return (
      isShown && this.steps.some((step) => (step.kind === 'file' && step.name === name) || writes(step, name))
    )
  }
}

function writes(step: Step, name: string): boolean {
  return step.kind === 'command' && step.source.includes(`> ${name}`)
}

function output(lines: readonly SourceLine[], isSimilar: boolean, sharedWith: number): ExpectedOutput {
  return { lines, isSimilar, sharedWith }
}

function textOf(lines: readonly SourceLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('')
}

/** `vim FILE` and its kin, and `cat FILE`: what follows is the file's content. */
function editedFile(source: string): { name: string; isShown: boolean } | undefined {
  const match = /^(?:sudo )?(vim?|nano|emacs|cat|bat|less|more)\s+([\w./-]+)\s*$/.exec(source.trim())
  if (!match) return undefined
  return { name: match[2] ?? '', isShown: !/^(?:vim?|nano|emacs)$/.test(match[1] ?? '') }
}

function looksLikeManifest(lines: readonly SourceLine[]): boolean {
  const texts = lines.map(({ text }) => text)
  return (
    texts.some((text) => text.startsWith('apiVersion:')) && texts.some((text) => text.startsWith('kind:'))
  )
}

function printsData(source: string): boolean {
  return /(?:-o|--output)[ =]?(?:json|yaml|kyaml)\b|\bjq\b|\bcat\s|--dry-run/.test(source)
}

function opensShell(source: string): boolean {
  return (
    /\bkubectl\b.*\b(?:exec|run|attach|debug)\b/.test(source) &&
    /\s(?:-it|-ti|-i\s+-t|-t\s+-i|--stdin\s+--tty|--tty\s+--stdin|-i\s+--tty|--stdin\s+-t)\b/.test(source) &&
    /(?:\b(?:ba|a|z)?sh|\battach\b.*)\s*$/.test(source.trim())
  )
}

/** Whether the prose sends the reader to another terminal, or back to the first one. */
function placeIn(prose: string): 'another' | 'original' | undefined {
  const sent =
    /\b(another|different|new|second|separate|original|first|initial)\b[\w ]{0,20}\b(?:terminal|window)\b/i.exec(
      prose,
    )?.[1]
  if (sent === undefined) return undefined
  return /^(?:original|first|initial)$/i.test(sent) ? 'original' : 'another'
}

/** Programs that no container has: whoever types them has left its shell. */
function isForHost(source: string): boolean {
  return /\b(?:crictl|docker|kubectl|minikube)\b/.test(source)
}

function isUserPrompt(text: string | undefined): boolean {
  return text !== undefined && /^[\w.-]+@[\w.-]+:/.test(text)
}
