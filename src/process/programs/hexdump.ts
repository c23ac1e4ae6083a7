// hexdump -C: bytes in hexadecimal, and as characters.

import type { Bytes } from '../bytes.ts'
import { readAll, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { openInput } from './inputs.ts'
import { commandLine } from './options.ts'

export const hexdump: Program = {
  name: 'hexdump',
  *run(task) {
    const { has, operands } = commandLine(task, 'Cv')
    if (!has('C')) throw new ProgramError('only hexdump -C is supported')
    let bytes = ''
    for (const name of operands.length > 0 ? operands : ['-']) {
      const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
      if (descriptor === undefined) return 1
      bytes += yield* readAll(task, descriptor)
    }
    yield* write(task, 1, dump(bytes, has('v')))
    return 0
  },
}

function dump(bytes: Bytes, showsAll: boolean): Bytes {
  let text = ''
  let last: Bytes | undefined
  let isStarred = false
  for (let at = 0; at < bytes.length; at += 16) {
    const line = bytes.slice(at, at + 16)
    // Lines like the one before become one asterisk.
    if (line === last && line.length === 16 && !showsAll) {
      if (!isStarred) text += '*\n'
      isStarred = true
      continue
    }
    isStarred = false
    last = line
    text += `${offset(at)}  ${halves(line)}  |${line.replace(/[^ -~]/g, '.')}|\n`
  }
  return bytes === '' ? '' : `${text}${offset(bytes.length)}\n`
}

function halves(line: Bytes): Bytes {
  const pairs = Array.from(
    { length: 16 },
    (_, index) => line[index]?.charCodeAt(0).toString(16).padStart(2, '0') ?? '  ',
  )
  return `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`
}

function offset(at: number): Bytes {
  return at.toString(16).padStart(8, '0')
}
