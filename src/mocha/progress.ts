// Shows how far a run is: suites and tests as they end, and on a terminal the test that is running.

import type { Colours } from '../report/colours.ts'

/** The part of a stream that progress needs. */
export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Writes to `output`, or nothing at all without one. */
export class Progress {
  readonly #output: Output | undefined
  readonly #colours: Colours
  #depth = 0
  #hasLine = false

  constructor(output: Output | undefined, colours: Colours) {
    this.#output = output
    this.#colours = colours
  }

  /** A suite begins; those inside of it are shown further in. */
  beginSuite(title: string): void {
    this.#clear()
    if (this.#depth === 0) this.#output?.write('\n')
    this.#output?.write(`${indent(this.#depth)}${this.#colours.bold(title)}\n`)
    this.#depth++
  }

  endSuite(): void {
    this.#depth--
  }

  begin(title: string): void {
    if (!this.#output?.isTTY) return
    this.#clear()
    this.#output.write(`${indent(this.#depth)}${this.#colours.dim(`… ${title}`)}`)
    this.#hasLine = true
  }

  /** A test has ended; `text` may have several lines. */
  end(text: string): void {
    this.#clear()
    const lines = text.split('\n').map((line) => `${indent(this.#depth)}${line}\n`)
    this.#output?.write(lines.join(''))
  }

  /** Takes the line of the running test away. */
  #clear(): void {
    if (this.#hasLine) this.#output?.write('\r\u001b[2K')
    this.#hasLine = false
  }
}

function indent(depth: number): string {
  return '  '.repeat(depth)
}
