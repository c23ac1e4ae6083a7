// pause: the process that holds a sandbox's namespaces.

import { pause as waitForSignal, write } from '../io.ts'
import type { Program } from '../program.ts'

/** build/pause/linux/pause.c: waits until TERM or INT, and reaps orphans (PID 1 of a shared namespace). */
export const pause: Program = {
  name: 'pause',
  residentBytes: 64 * 1024,
  *run(task) {
    const version = task.argv[1] === '-v'
    if (version) {
      yield* write(task, 1, 'pause.c 3.10.1\n')
      return 0
    }
    task.dispose('INT', 'catch')
    task.dispose('TERM', 'catch')
    task.dispose('CHLD', 'ignore')
    yield* waitForSignal()
    yield* write(task, 2, 'Shutting down, got signal: Terminated\n')
    return 0
  },
}
