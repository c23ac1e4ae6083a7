// timeout: runs a command, and kills it when its time is up.

import type { Bytes } from '../bytes.ts'
import { ExecError } from '../exec-error.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { signalNamed } from '../signals.ts'
import { commandLine } from './options.ts'
import { durationMs } from './sleep.ts'

export const timeout: Program = {
  name: 'timeout',
  *run(task) {
    const { value, operands } = commandLine(task, 's:k:t:', { stopsAtOperand: true })
    const [duration, ...argv] = value('t') === undefined ? operands : [value('t') as Bytes, ...operands]
    const limitMs = duration === undefined ? undefined : durationMs(duration)
    const signal = signalNamed(value('s') ?? 'TERM')
    if (limitMs === undefined || argv.length === 0) throw new ProgramError('missing operand')
    if (!signal) throw new ProgramError(`invalid signal '${value('s')}'`)
    const child = start()
    const untilMs = task.now() + limitMs
    let isOver = false
    for (;;) {
      const ended = task.reap(child.pid)
      if (ended) return isOver ? 143 : (ended.exit?.code ?? 0)
      if (!isOver && task.now() >= untilMs) {
        isOver = true
        child.post(signal)
      }
      yield isOver
        ? { effect: 'wait', queues: [task.childEnded] }
        : { effect: 'wait', queues: [task.childEnded], untilMs }
    }

    function start() {
      try {
        return task.spawn(task.find(argv[0] ?? ''), { argv })
      } catch (error) {
        if (!(error instanceof ExecError)) throw error
        throw new ProgramError(`can't execute '${argv[0]}': No such file or directory`, 127)
      }
    }
  },
}
