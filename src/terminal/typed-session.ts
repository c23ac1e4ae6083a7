// A shell at which lines are typed, one after the other: variables, the working directory and background jobs stay.

import { decode, encode } from '../process/bytes.ts'
import type { Bytes } from '../process/bytes.ts'
import { Pipe } from '../process/pipe.ts'
import type { Process, ProcessSpec } from '../process/process.ts'
import { Latch } from '../time/latch.ts'

/** A line that was typed, and what came of it. */
export interface Typed {
  /** Settles at the instant at which the shell asks for the next line. */
  readonly end: Latch
  /** What the terminal showed from the typing to the next prompt: both streams, in the order in which they were written. */
  readonly output: string
  readonly stdout: string
  readonly stderr: string
  /** The status of the line; known once it has ended. */
  readonly exitCode: number | undefined
}

/** The prompt by which the session knows that a line is done: nothing else writes it. */
const PROMPT = '\x01'
/** Tells the status of the line before, and leaves it as it was. */
const ASK_STATUS = `__status=$?; printf '\\002%s\\002' "$__status"; (exit "$__status")\n`
const STATUS = /\x02(\d+)\x02/ // eslint-disable-line no-control-regex

/** Starts a process in the terminal of the session. */
export type Spawn = (spec: Pick<ProcessSpec, 'argv' | 'stdin' | 'stdout' | 'stderr'>) => Process

/** An interactive bash without its prompts. */
export class TypedSession {
  #input = new Pipe()
  #process: Process
  #line = new Line()
  #isAskingStatus = false
  #hasTyped = false
  /** Whether our prompt was seen for the first time: what comes before it is the shell's own. */
  #isReady = false

  constructor(spawn: Spawn) {
    this.#process = spawn({
      argv: ['bash', '-i'],
      stdin: this.#input,
      stdout: (bytes) => this.#onStdout(bytes),
      stderr: (bytes) => this.#onStderr(bytes),
    })
    // The first prompt is the shell's own, and asks for ours.
    this.#input.push(`PS1=$(printf '\\001') PS2=\n`)
    this.#process.onExit(({ code }) => this.#line.finish(code))
  }

  /** Whether the shell is still there; `exit` ends it. */
  get isOpen(): boolean {
    return this.#process.exit === undefined
  }

  /** Types a line (or several, of a here-document). Throws an Error while the line before is not done. */
  type(text: string): Typed {
    if (this.#hasTyped && !this.#line.end.isSettled)
      throw new Error('the line before is still being carried out')
    this.#line = new Line()
    this.#hasTyped = true
    this.#input.push(encode(`${asOneLine(text)}\n`))
    return this.#line
  }

  /** Types into the command that is running: what it reads from its terminal. */
  answer(text: string): void {
    this.#input.push(encode(text))
  }

  #onStdout(bytes: Bytes): void {
    const status = this.#isAskingStatus ? STATUS.exec(bytes)?.[1] : undefined
    if (status === undefined) this.#line.add('stdout', bytes)
    else this.#line.status = Number(status)
  }

  #onStderr(bytes: Bytes): void {
    const parts = bytes.split(PROMPT)
    parts.forEach((part, index) => {
      if (part !== '' && this.#isReady) this.#line.add('stderr', part)
      if (index < parts.length - 1) this.#onPrompt()
    })
  }

  #onPrompt(): void {
    if (!this.#isReady) {
      this.#isReady = true
      return
    }
    if (this.#isAskingStatus) this.#line.finish(this.#line.status)
    else this.#input.push(ASK_STATUS)
    this.#isAskingStatus = !this.#isAskingStatus
  }
}

/** Several lines (a loop, a here-document) are one command: there is no prompt between them. */
function asOneLine(text: string): string {
  const line = text.replace(/\n$/, '')
  return line.includes('\n') ? `eval '${line.replaceAll("'", `'\\''`)}'` : line
}

/** One typed line. */
class Line implements Typed {
  readonly end = new Latch()
  status: number | undefined
  exitCode: number | undefined
  #written: { readonly stream: 'stderr' | 'stdout'; readonly bytes: Bytes }[] = []

  get output(): string {
    return decode(this.#written.map(({ bytes }) => bytes).join(''))
  }

  get stdout(): string {
    return this.#of('stdout')
  }

  get stderr(): string {
    return this.#of('stderr')
  }

  add(stream: 'stderr' | 'stdout', bytes: Bytes): void {
    this.#written.push({ stream, bytes })
  }

  finish(exitCode: number | undefined): void {
    if (this.end.isSettled) return
    this.exitCode = exitCode
    this.end.settle()
  }

  #of(stream: 'stderr' | 'stdout'): string {
    const bytes = this.#written.flatMap((write) => (write.stream === stream ? [write.bytes] : []))
    return decode(bytes.join(''))
  }
}
