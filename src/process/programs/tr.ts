// tr: characters become others, or go.

import type { Bytes } from '../bytes.ts'
import { read, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { unescape } from './escapes.ts'
import { commandLine } from './options.ts'

export const tr: Program = {
  name: 'tr',
  *run(task) {
    const { has, operands } = commandLine(task, 'cCdst')
    const [from, to] = operands
    if (from === undefined || (to === undefined && !has('d') && !has('s')))
      throw new ProgramError('missing operand')
    const wanted = setOf(from)
    const isIn = (char: string) => wanted.includes(char) !== (has('c') || has('C'))
    const targets = to === undefined ? '' : setOf(to)
    const squeezed = has('s')
      ? to === undefined
        ? isIn
        : (char: string) => targets.includes(char)
      : () => false
    let last = ''
    for (let bytes = yield* read(task, 0); bytes !== ''; bytes = yield* read(task, 0)) {
      let output = ''
      for (const char of bytes.split('')) {
        if (has('d') && isIn(char)) continue
        const mapped =
          !has('d') && to !== undefined && isIn(char)
            ? target(char, wanted, targets, has('c') || has('C'))
            : char
        if (mapped === last && squeezed(mapped)) continue
        output += mapped
        last = mapped
      }
      yield* write(task, 1, output)
    }
    return 0
  },
}

/** The character at the same place of the second set, or its last one. */
function target(char: string, wanted: Bytes, targets: Bytes, isComplement: boolean): string {
  const at = isComplement ? targets.length - 1 : wanted.indexOf(char)
  return targets[Math.min(at, targets.length - 1)] ?? char
}

const classRanges: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: '\t ',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-/:-@[-`{-~',
  space: '\t-\r ',
  upper: 'A-Z',
}

/** All characters of a set: ranges, classes and escapes spelled out. */
function setOf(text: Bytes): Bytes {
  const plain = unescape(text, 'printf').text.replace(
    /\[:(\w+):\]/g,
    (whole, name: string) => classRanges[name] ?? whole,
  )
  return plain.replace(/([^])-([^])/g, (whole, from: string, to: string) => {
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)]
    if (last < first) throw new ProgramError(`range endpoints of '${whole}' are in reverse order`)
    return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)).join('')
  })
}
