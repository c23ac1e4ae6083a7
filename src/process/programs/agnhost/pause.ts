// agnhost pause: waits, and says why it ends.

import { pause as waitForSignal, write } from '../../io.ts'
import { SystemError } from '../../system-error.ts'
import type { Subcommand } from './subcommand.ts'

export const pause: Subcommand = function* (task) {
  yield* write(task, 1, 'Paused\n')
  task.dispose('TERM', 'catch')
  task.dispose('INT', 'catch')
  yield* write(task, 1, 'Signals registered\n')
  const signal = yield* waitForSignal()
  const text = `exiting because of signal "${signal === 'TERM' ? 'terminated' : 'interrupt'}"\n`
  try {
    const path = task.env['TERMINATION_MESSAGE_PATH'] ?? '/dev/termination-log'
    if (task.files.exists(path)) task.files.write(path, text, { user: task.user })
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
  }
  yield* write(task, 1, text)
  return signal === 'TERM' ? 2 : 1
}
