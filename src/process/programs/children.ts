// Waiting for a child, as programs do that run other programs.

import type { Action } from '../effects.ts'
import { Interrupted } from '../io.ts'
import type { Task } from '../task.ts'

/** Waits for the end of a child and answers its exit status. @throws Interrupted */
export function* waitForChild(task: Task, pid: number): Action<number> {
  for (;;) {
    const ended = task.reap(pid)
    if (ended) return ended.exit?.code ?? 0
    const resumption = yield { effect: 'wait', queues: [task.childEnded] }
    if (resumption !== 'ready' && resumption !== 'timeout') throw new Interrupted(resumption)
  }
}
