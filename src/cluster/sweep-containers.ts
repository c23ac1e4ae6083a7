// Removes containers of k3s whose owner is gone: a process that was killed could not do it.

import { hostname } from 'node:os'
import { containerProblem } from './container-problem.ts'
import { OWNER_LABEL } from './k3s.ts'

export interface SweptContainer {
  readonly name: string
  /** `kept`: the process that started it lives, or is on another host. */
  readonly outcome: 'kept' | 'removed'
}

/** Answers every container with our label, and what became of it. Throws EnvironmentProblem. */
export async function sweepContainers(): Promise<readonly SweptContainer[]> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  try {
    const { container: client } = await getContainerRuntimeClient()
    const swept: SweptContainer[] = []
    for (const { Id, Labels, Names } of await client.list()) {
      const owner = Labels[OWNER_LABEL]
      if (owner === undefined) continue
      const outcome = isOwnerGone(owner) ? 'removed' : 'kept'
      if (outcome === 'removed') await client.dockerode.getContainer(Id).remove({ force: true, v: true })
      swept.push({ name: Names[0]?.replace(/^\//, '') ?? Id, outcome })
    }
    return swept
  } catch (error) {
    throw containerProblem(error, 'containers cannot be swept')
  }
}

/** `host/pid`; only a process of this host can be seen to be gone. */
function isOwnerGone(owner: string): boolean {
  const [host, pid] = owner.split('/')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
