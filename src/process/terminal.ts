// A terminal: what is typed is echoed and handed over by the line, ^C is a signal, output gets carriage returns.

import type { Timers } from '../time/clock.ts'
import type { Bytes } from './bytes.ts'
import { Pipe } from './pipe.ts'
import type { Output, ProcessSpec } from './process.ts'
import type { ProcessTable } from './process-table.ts'
import type { SignalName } from './signals.ts'
import type { Stream } from './stream.ts'
import type { Waiter, WaitQueue } from './wait-queue.ts'

const END_OF_INPUT = '\x04'
const ERASE = '\x7f'
const signalKeys: ReadonlyMap<string, SignalName> = new Map([
  ['\x03', 'INT'],
  ['\x1c', 'QUIT'],
])

/** The line discipline of a pseudo-terminal in canonical mode (termios(3): ICANON, ECHO, ISIG, ICRNL, ONLCR). */
export class Terminal implements Waiter {
  readonly stream: Stream & { readonly readable: WaitQueue }
  #input: Pipe | undefined
  #output: Output | undefined
  #timers: Timers
  #table: ProcessTable
  #cooked = new Pipe()
  #line = ''
  #endsOfInput = 0

  constructor(spec: ProcessSpec, table: ProcessTable) {
    this.#input = spec.stdin
    this.#output = spec.stdout
    this.#timers = table.surroundings.timers
    this.#table = table
    this.stream = {
      isTerminal: true,
      readable: this.#cooked.readable,
      read: (most) => this.#read(most),
      write: (bytes) => this.#write(bytes),
    }
    this.#input?.readable.add(this)
    this.wake()
  }

  /** The owner has typed. */
  wake(): void {
    for (let bytes = this.#input?.read(Infinity); bytes; bytes = this.#input?.read(Infinity)) {
      for (const key of bytes) this.#press(key)
    }
    // A terminal whose other side has gone hangs up: readers get the end of input.
    if (this.#input?.isEnded) this.#cooked.end()
  }

  #read(most: number): Bytes | undefined {
    const bytes = this.#cooked.read(most)
    if (bytes !== undefined || this.#endsOfInput === 0) return bytes
    this.#endsOfInput--
    return ''
  }

  #write(bytes: Bytes): number {
    this.#output?.(bytes.replace(/\n/g, '\r\n'), this.#timers.now())
    return bytes.length
  }

  #press(key: string): void {
    const signal = signalKeys.get(key)
    if (signal) this.#signal(key, signal)
    else if (key === END_OF_INPUT) this.#endInput()
    else if (key === ERASE) this.#erase()
    else if (key === '\r' || key === '\n') this.#endLine()
    else {
      this.#line += key
      this.#write(key)
    }
  }

  #signal(key: string, signal: SignalName): void {
    this.#line = ''
    this.#write(`^${String.fromCharCode(key.charCodeAt(0) + 64)}`)
    for (const task of this.#table.tasks) if (task.console?.terminal === this) task.post(signal)
  }

  #endInput(): void {
    if (this.#line === '') {
      this.#endsOfInput++
      this.#cooked.readable.wakeAll()
      return
    }
    this.#cooked.push(this.#line)
    this.#line = ''
  }

  #erase(): void {
    if (this.#line === '') return
    this.#line = this.#line.slice(0, -1)
    this.#write('\b \b')
  }

  #endLine(): void {
    this.#write('\n')
    this.#cooked.push(`${this.#line}\n`)
    this.#line = ''
  }
}
