// agnhost entrypoint-tester: prints its command line as Go prints a slice.

import { write } from '../../io.ts'
import type { Subcommand } from './subcommand.ts'

export const entrypointTester: Subcommand = function* (task) {
  yield* write(task, 1, `[${task.argv.join(' ')}]\n`)
  return 0
}
