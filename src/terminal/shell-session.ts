// A shell that somebody types into: one command after the other, with what each prints, and when it has ended.

import { decode, encode } from '../process/bytes.ts'
import { Pipe } from '../process/pipe.ts'
import type { Process, ProcessSpec } from '../process/process.ts'
import { Latch } from '../time/latch.ts'

/** A line that a typed command printed. */
export interface PrintedLine {
  readonly text: string
  readonly stream: 'stdout' | 'stderr'
}

/** What a session needs of the terminal in which it is opened. */
export interface SessionHost {
  now(): number
  spawn(spec: Pick<ProcessSpec, 'argv' | 'stderr' | 'stdin' | 'stdout'>): Process
  /** Signals everything that runs in the terminal but its shell, as ^C does. */
  interrupt(shell: Process): void
  /** Ends everything that runs in the terminal, its shell too. */
  kill(): void
}

/** Nobody prints these by accident. The shell's own prompt is the one, an `echo` typed behind a command the other. */
const PROMPT = '\u0001podproof\u0001'
const ECHO = 'podproof-has-ended'
/** As it is typed: a terminal that shows what is typed must not look as if it had been answered. */
const TYPED_ECHO = `echo ${ECHO.slice(0, 4)}''${ECHO.slice(4)}`
/** So much of one command's output is kept; whatever prints more is ended. */
const MOST_BYTES = 8_000_000

/**
 * An interactive shell of ours. Variables, functions and the working directory last from command to command. While a
 * command runs that reads its standard input (`kubectl exec -i POD -- sh`), what is typed goes to that command.
 */
export class ShellSession {
  #host: SessionHost
  #stdin = new Pipe()
  #shell: Process
  #outer: TypedCommand | undefined
  #inner: TypedCommand | undefined
  #pending = { stdout: '', stderr: '' }
  /** Lines that were typed into a container: one whose process has a terminal shows each behind its prompt. */
  #shown: string[] = []

  constructor(host: SessionHost) {
    this.#host = host
    this.#shell = host.spawn({
      argv: ['bash', '-i'],
      stdin: this.#stdin,
      stdout: (bytes) => this.#take('stdout', bytes),
      stderr: (bytes) => this.#take('stderr', bytes),
    })
    this.#shell.onExit(() => this.#endAll())
    this.#outer = new TypedCommand(host.now())
    this.#stdin.push(encode(`PS2=''; PS1='${PROMPT}'\n`))
  }

  /** Settles when the shell is ready for the first command. */
  get ready(): Latch {
    return this.#outer?.end ?? settled()
  }

  /** Whether a command still runs, so that what is typed goes to it. */
  get isBusy(): boolean {
    return this.#outer !== undefined && !this.#outer.end.isSettled
  }

  /** Whether the shell itself has ended: `exit` was typed. */
  get hasEnded(): boolean {
    return this.#shell.exit !== undefined
  }

  /** Types a command at the shell's prompt. Throws an Error while another one runs there. */
  type(source: string): TypedCommand {
    if (this.isBusy) throw new Error(`expected a prompt before "${source}", but a command still runs`)
    this.#outer = new TypedCommand(this.#host.now())
    if (this.#shell.exit) this.#endAll()
    else this.#stdin.push(encode(`${source}\n`))
    return this.#outer
  }

  /** Types a command into the shell that the running command has opened in a container. */
  typeInside(source: string): TypedCommand {
    this.#inner = new TypedCommand(this.#host.now())
    this.#shown = [...source.split('\n'), TYPED_ECHO]
    if (this.isBusy) this.#stdin.push(encode(`${source}\n${TYPED_ECHO}\n`))
    else this.#inner.finish(this.#host.now())
    return this.#inner
  }

  /** Ends what runs, as ^C does. */
  interrupt(): void {
    this.#host.interrupt(this.#shell)
  }

  /** Ends what runs, and the shell with it. */
  kill(): void {
    this.#host.kill()
  }

  #take(stream: PrintedLine['stream'], bytes: string): void {
    if (this.#hasPrintedTooMuch(bytes.length)) return
    const text = this.#pending[stream] + decode(bytes)
    const lines = text.split('\n')
    this.#pending[stream] = lines.pop() ?? ''
    for (const line of lines) this.#takeLine(stream, line, true)
    if (this.#pending[stream].endsWith(PROMPT)) {
      this.#takeLine(stream, this.#pending[stream].slice(0, -PROMPT.length), false)
      this.#pending[stream] = ''
      this.#endAll()
    }
  }

  /** Nobody reads so much: the command and its terminal are ended, and what it printed so far is kept. */
  #hasPrintedTooMuch(bytes: number): boolean {
    const typed = this.#outer
    if (!typed || typed.isCut) return typed !== undefined
    if (!typed.takesBytes(bytes)) return false
    this.#host.kill()
    return true
  }

  #takeLine(stream: PrintedLine['stream'], printed: string, isWhole: boolean): void {
    const typed = this.#inner ?? this.#outer
    if (this.#inner && this.#isShownAgain(printed)) return
    const line = this.#inner ? printed.replace(/\r$/, '') : printed
    if (this.#inner && line.endsWith(ECHO)) {
      const rest = line.slice(0, -ECHO.length)
      const isPromptOfTerminal = printed.endsWith('\r') && /^\S* ?[#$%>] $/.test(rest)
      if (rest !== '' && !isPromptOfTerminal) this.#inner.print({ stream, text: rest })
      this.#inner.finish(this.#host.now())
      this.#inner = undefined
    } else if (isWhole || line !== '') typed?.print({ stream, text: line })
  }

  /** Only a terminal ends its lines with CR LF. */
  #isShownAgain(line: string): boolean {
    const [next] = this.#shown
    if (next === undefined || !line.endsWith(`${next}\r`)) return false
    this.#shown.shift()
    return true
  }

  /** The prompt is back: whatever ran in this terminal has ended. What it left without a line end counts as a line. */
  #endAll(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#pending[stream] !== '') this.#outer?.print({ stream, text: this.#pending[stream] })
      this.#pending[stream] = ''
    }
    this.#inner?.finish(this.#host.now())
    this.#inner = undefined
    this.#outer?.finish(this.#host.now())
  }
}

/** A command that was typed. */
export class TypedCommand {
  /** Settles at the instant at which the shell asks for the next one. */
  readonly end = new Latch()
  readonly atMs: number
  #endMs: number | undefined
  #bytes = 0
  #lines: PrintedLine[] = []
  #listeners: (() => void)[] = []

  constructor(atMs: number) {
    this.atMs = atMs
  }

  /** Undefined while it runs. */
  get endMs(): number | undefined {
    return this.#endMs
  }

  /** What it has printed so far, whole lines in the order in which they came. */
  get lines(): readonly PrintedLine[] {
    return this.#lines
  }

  /** Whether it was ended because it printed more than `MOST_BYTES`. */
  get isCut(): boolean {
    return this.#bytes > MOST_BYTES
  }

  /** Counts what is printed; answers whether that makes it too much. */
  takesBytes(bytes: number): boolean {
    this.#bytes += bytes
    return this.isCut
  }

  /** Calls `listener` after each line. */
  onLine(listener: () => void): void {
    this.#listeners.push(listener)
  }

  print(line: PrintedLine): void {
    this.#lines.push(line)
    for (const listener of this.#listeners) listener()
  }

  finish(atMs: number): void {
    this.#endMs ??= atMs
    this.end.settle()
  }
}

function settled(): Latch {
  const latch = new Latch()
  latch.settle()
  return latch
}
