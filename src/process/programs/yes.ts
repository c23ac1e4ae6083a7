// yes: the same line for ever.

import { write } from '../io.ts'
import type { Program } from '../program.ts'

export const yes: Program = {
  name: 'yes',
  *run(task) {
    const text = `${task.argv.slice(1).join(' ') || 'y'}\n`
    const block = text.repeat(Math.ceil(8_192 / text.length))
    for (;;) {
      yield* write(task, 1, block)
      // Where nothing pushes back (a log), the processor is what limits it.
      task.execution.steps += 100
      if (task.execution.isTired) yield task.execution.rest()
    }
  },
}
