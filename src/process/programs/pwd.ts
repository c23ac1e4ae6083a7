// pwd: the working directory.

import { write } from '../io.ts'
import type { Program } from '../program.ts'

export const pwd: Program = {
  name: 'pwd',
  *run(task) {
    yield* write(task, 1, `${task.cwd}\n`)
    return 0
  },
}
