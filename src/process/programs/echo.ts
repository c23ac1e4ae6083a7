// echo: its arguments, with spaces between and a newline after them.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { unescape } from './escapes.ts'

/** What echo prints for its arguments; options are -n, -e and -E, as in busybox. */
export function echoed(words: readonly Bytes[]): Bytes {
  let at = 0
  let hasNewline = true
  let isEscaped = false
  for (; /^-[neE]+$/.test(words[at] ?? ''); at++) {
    for (const letter of (words[at] as Bytes).slice(1)) {
      if (letter === 'n') hasNewline = false
      else isEscaped = letter === 'e'
    }
  }
  const text = words.slice(at).join(' ')
  if (!isEscaped) return hasNewline ? `${text}\n` : text
  const { text: plain, isCut } = unescape(text, 'echo')
  return hasNewline && !isCut ? `${plain}\n` : plain
}

export const echo: Program = {
  name: 'echo',
  *run(task) {
    yield* write(task, 1, echoed(task.argv.slice(1)))
    return 0
  },
}
