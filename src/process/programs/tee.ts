// tee: standard input to standard output and to files.

import { read, write } from '../io.ts'
import { APPEND, CREATE } from '../open.ts'
import type { Program } from '../program.ts'
import { openOutput } from './outputs.ts'
import { commandLine } from './options.ts'

export const tee: Program = {
  name: 'tee',
  *run(task) {
    const { has, operands } = commandLine(task, 'ai')
    const outputs = [1]
    let status = 0
    for (const name of operands) {
      const descriptor = yield* openOutput(task, name, has('a') ? APPEND : CREATE)
      if (descriptor === undefined) status = 1
      else outputs.push(descriptor)
    }
    for (let bytes = yield* read(task, 0); bytes !== ''; bytes = yield* read(task, 0)) {
      for (const descriptor of outputs) yield* write(task, descriptor, bytes)
    }
    return status
  },
}
