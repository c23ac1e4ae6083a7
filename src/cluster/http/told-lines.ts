// What was told of the end of a log, so that it is left out when the log is read again from there.

import type { LogText } from '../cluster.ts'

/**
 * A resumed log begins at a whole second: the API server hands `sinceTime` to the kubelet without its fraction
 * (pkg/registry/core/pod/strategy.go: streamParams). And it begins one second earlier than the last line says, because the two streams
 * of a container are written side by side: their instants may stand in the file in another order than they have.
 */
const OVERLAP_MS = 1_000

/** Remembers no more than the lines that a resumed log would show again. */
export class ToldLines {
  #sinceMs: number | undefined
  /** In the order in which they were told. */
  #lines: LogText[] = []

  /** From when on a log has to be read again; undefined if nothing was told yet. */
  get sinceMs(): number | undefined {
    return this.#sinceMs
  }

  add(line: LogText): void {
    const sinceMs = Math.floor(line.atMs / 1_000) * 1_000 - OVERLAP_MS
    if (this.#sinceMs === undefined || sinceMs > this.#sinceMs) {
      this.#sinceMs = sinceMs
      this.#lines = this.#lines.filter(({ atMs }) => atMs >= sinceMs)
    }
    if (line.atMs >= this.#sinceMs) this.#lines.push(line)
  }

  /**
   * Answers, for a log that is read again, whether a line of it was told before. Equal lines count as often as they were told: a
   * program may write the same twice within a millisecond.
   */
  again(): (line: LogText) => boolean {
    const left = new Map<string, number>()
    for (const line of this.#lines) left.set(keyOf(line), (left.get(keyOf(line)) ?? 0) + 1)
    return (line) => {
      const times = left.get(keyOf(line)) ?? 0
      if (times > 0) left.set(keyOf(line), times - 1)
      return times > 0
    }
  }
}

function keyOf({ atMs, text }: LogText): string {
  return `${atMs} ${text}`
}
