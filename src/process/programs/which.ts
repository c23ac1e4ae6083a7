// which: where in PATH a program is.

import { ExecError } from '../exec-error.ts'
import { DEFAULT_PATH, searchPathFor } from '../executable.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'

export const which: Program = {
  name: 'which',
  *run(task) {
    let status = 0
    for (const name of task.argv.slice(1).filter((word) => word !== '-a')) {
      try {
        yield* write(task, 1, `${searchPathFor(task.searcher(task.env['PATH'] ?? DEFAULT_PATH), name)}\n`)
      } catch (error) {
        if (!(error instanceof ExecError)) throw error
        status = 1
      }
    }
    return status
  },
}
