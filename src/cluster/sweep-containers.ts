// Removes containers of k3s whose owner is gone: a process that was killed could not do it.

import { hostname } from 'node:os'
import { containerProblem } from './container-problem.ts'
import { REUSED } from './own-containers.ts'

export interface SweptContainer {
  readonly name: string
  /** `kept`: the process that started it lives, or is on another host. */
  readonly outcome: 'kept' | 'removed'
}

/** Answers every container with our label, and what became of it. Throws EnvironmentProblem. */
export async function sweepContainers(): Promise<readonly SweptContainer[]> {
  try {
    const { ownContainers } = await import('./own-containers.ts')
    const swept: SweptContainer[] = []
    for (const { name, owner, remove } of await ownContainers()) {
      const isGone = isOwnerGone(owner)
      if (isGone) await remove()
      swept.push({ name, outcome: isGone ? 'removed' : 'kept' })
    }
    return swept
  } catch (error) {
    throw containerProblem(error, 'containers cannot be swept')
  }
}

/** `host/pid`, or the word for containers that nobody owns; only a process of this host can be seen to be gone. */
function isOwnerGone(owner: string): boolean {
  if (owner === REUSED) return true
  const [host, pid] = owner.split('/')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
