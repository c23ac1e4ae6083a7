// uname: which system this is.

import { encode } from '../bytes.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { commandLine } from './options.ts'

const RELEASE = '6.1.0'

export const uname: Program = {
  name: 'uname',
  *run(task) {
    const { has } = commandLine(task, 'amnrspvio')
    const parts = [
      ['s', 'Linux'],
      ['n', encode(task.table.surroundings.hostname)],
      ['r', RELEASE],
      ['v', '#1 SMP'],
      ['m', 'x86_64'],
      ['o', 'GNU/Linux'],
    ] as const
    const isAny = parts.some(([letter]) => has(letter))
    const shown = parts.filter(([letter]) => has('a') || (isAny ? has(letter) : letter === 's'))
    yield* write(task, 1, `${shown.map(([, text]) => text).join(' ')}\n`)
    return 0
  },
}
