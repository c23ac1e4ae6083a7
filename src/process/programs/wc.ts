// wc: counts lines, words and bytes.

import type { Bytes } from '../bytes.ts'
import { decode } from '../bytes.ts'
import { readAll, write } from '../io.ts'
import type { Program } from '../program.ts'
import { openInput } from './inputs.ts'
import { type CommandLine, commandLine } from './options.ts'

export const wc: Program = {
  name: 'wc',
  *run(task) {
    const line = commandLine(task, 'lwcmL')
    const names = line.operands.length > 0 ? line.operands : ['-']
    let sums: readonly number[] = [0, 0, 0, 0, 0]
    let status = 0
    for (const name of names) {
      const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
      if (descriptor === undefined) {
        status = 1
        continue
      }
      const counts = countsOf(yield* readAll(task, descriptor))
      if (descriptor !== 0) task.descriptors.close(descriptor)
      sums = sums.map((sum, index) => sum + (counts[index] ?? 0))
      yield* write(task, 1, row(line, counts, line.operands.length > 0 ? name : undefined))
    }
    if (names.length > 1) yield* write(task, 1, row(line, sums, 'total'))
    return status
  },
}

/** Lines, words, characters, bytes, and the longest line. */
function countsOf(text: Bytes): readonly number[] {
  const lines = text.split('\n')
  const words = text.split(/\s+/).filter((word) => word !== '').length
  return [
    lines.length - 1,
    words,
    decode(text).length,
    text.length,
    lines.reduce((longest, line) => Math.max(longest, line.length), 0),
  ]
}

function row({ has }: CommandLine, counts: readonly number[], name: Bytes | undefined): Bytes {
  const letters = ['l', 'w', 'm', 'c', 'L']
  const asked = letters.some(has) ? letters.map(has) : [true, true, false, true, false]
  const shown = counts.filter((_, index) => asked[index])
  // A single number of standard input stands alone.
  if (shown.length === 1) return `${shown[0]}${name === undefined ? '' : ` ${name}`}\n`
  return `${shown.map((count) => String(count).padStart(9)).join(' ')}${name === undefined ? '' : ` ${name}`}\n`
}
