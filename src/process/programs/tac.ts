// tac: lines from last to first.

import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { linesOfAll } from './inputs.ts'

export const tac: Program = {
  name: 'tac',
  *run(task) {
    const { lines, status } = yield* linesOfAll(task, task.argv.slice(1))
    yield* write(
      task,
      1,
      lines
        .toReversed()
        .map((line) => `${line}\n`)
        .join(''),
    )
    return status
  },
}
