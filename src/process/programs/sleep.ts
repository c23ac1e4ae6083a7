// sleep: lets time pass.

import type { Bytes } from '../bytes.ts'
import { sleepUntil, write } from '../io.ts'
import type { Program } from '../program.ts'

const unitMs: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
/** Longer than any cluster runs: `sleep infinity` and absurd numbers. */
const FOREVER_MS = 1e12

export const sleep: Program = {
  name: 'sleep',
  residentBytes: 400 * 1024,
  *run(task) {
    const words = task.argv.slice(1)
    if (words.length === 0) {
      yield* write(task, 2, 'sleep: missing operand\n')
      return 1
    }
    let sumMs = 0
    for (const word of words) {
      const ms = durationMs(word)
      if (ms === undefined) {
        yield* write(task, 2, `sleep: invalid number '${word}'\n`)
        return 1
      }
      sumMs += ms
    }
    yield* sleepUntil(task, task.now() + Math.min(Math.round(sumMs), FOREVER_MS))
    return 0
  },
}

/** `0.5`, `2m`, `infinity`; several are added. */
export function durationMs(word: Bytes): number | undefined {
  if (/^inf(?:inity)?$/i.test(word)) return FOREVER_MS
  const found = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word)
  return found ? Number(found[1]) * (unitMs[found[2] ?? ''] ?? 1000) : undefined
}
