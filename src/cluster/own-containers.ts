// The containers that podproof has started on an engine, and whose they are.

import { hostname } from 'node:os'

/** Containers of podproof carry this label; its value says which process of which host needs them. */
export const OWNER_LABEL = 'podproof.dev/owner'

/** This process, as the label names it. */
export const THIS_OWNER = `${hostname()}/${process.pid}`

/** The owner of a container that outlives its run, because the next is to find it: only a sweep removes it. */
export const REUSED = 'reused'

export interface OwnContainer {
  readonly name: string
  /** `host/pid` */
  readonly owner: string
  readonly isRunning: boolean
  /** Whether it runs or not. */
  readonly remove: () => Promise<void>
}

/** Every container with our label, also those that were made and never started. */
export async function ownContainers(): Promise<readonly OwnContainer[]> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  const { dockerode } = (await getContainerRuntimeClient()).container
  const found = await dockerode.listContainers({ all: true, filters: { label: [OWNER_LABEL] } })
  return found.map(({ Id, Labels, Names, State }) => ({
    name: Names[0]?.replace(/^\//, '') ?? Id,
    owner: Labels[OWNER_LABEL] ?? '',
    isRunning: State === 'running',
    remove: async () => {
      await dockerode.getContainer(Id).remove({ force: true, v: true })
    },
  }))
}

/** Removes the containers that this process has started, and any that was to be reused and does not run. */
export async function removeOwnContainers(): Promise<void> {
  for (const { owner, isRunning, remove } of await ownContainers())
    if (owner === THIS_OWNER || (owner === REUSED && !isRunning)) await remove()
}
