// Cuts the text of a log into lines with the instants that the node put before them.

import type { LogText } from './cluster.ts'

/** Reads a log that was asked for with `timestamps=true`, chunk by chunk. Bytes of a line may come in several chunks. */
export class LogLines {
  readonly #onLine: (line: LogText) => void
  readonly #decoder = new TextDecoder()
  #rest = ''

  constructor(onLine: (line: LogText) => void) {
    this.#onLine = onLine
  }

  write(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }))
  }

  /** The log has ended: what is left is a line without a line feed. */
  end(): void {
    this.#take(this.#decoder.decode())
    if (this.#rest !== '') this.#onLine(readLine(this.#rest))
    this.#rest = ''
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(readLine(line))
  }
}

/** `2026-11-22T08:31:21.836123456Z text`: nanoseconds are cut to the millisecond. */
function readLine(line: string): LogText {
  const at = line.indexOf(' ')
  const stamp = at < 0 ? line : line.slice(0, at)
  const atMs = Date.parse(stamp)
  if (Number.isNaN(atMs))
    throw new Error(`expected an instant before a line of a log, got ${JSON.stringify(line)}`)
  return { atMs, text: at < 0 ? '' : line.slice(at + 1) }
}
