// cluster.delete('pod/x'): asks for the deletion of objects, and does not wait for it.

import type { KubeObject } from '../../cluster/cluster.ts'
import { objectPath } from '../../cluster/resource.ts'
import { StatusError, isSuccess, statusOf } from '../../cluster/status-error.ts'
import type { Session } from '../session.ts'
import { moveTo } from './apply.ts'
import { noteCommand } from './note.ts'
import { readReference } from './reference.ts'

export interface DeleteOptions {
  /** How long the Pod may take, in seconds, in place of its own grace period. 0 forces it out of the API at once. */
  readonly gracePeriodSeconds?: number
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
}

/** Deletes one object, written as `kind/name`. Throws a StatusError if the server refuses, for instance when it is not there. */
export async function deleteObject(
  session: Session,
  reference: string,
  options: DeleteOptions = {},
): Promise<void> {
  const { resource, name } = await readReference(session, reference)
  const atMs = session.cluster.clock.now()
  session.watch(resource)
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', ...options }
  const response = await session.request('DELETE', objectPath(resource, session.namespace, name), body)
  const { gracePeriodSeconds } = options
  const grace = gracePeriodSeconds === undefined ? '' : ` --grace-period=${gracePeriodSeconds}`
  const refusal = isSuccess(response) ? undefined : statusOf(response).message
  noteCommand(session, {
    atMs,
    command: `kubectl delete ${reference}${grace} --wait=false`,
    ...(refusal === undefined
      ? { stdout: `${resource.kind.toLowerCase()} "${name}" deleted\n` }
      : { refusal: `Error from server: ${refusal}` }),
  })
  if (!isSuccess(response)) throw new StatusError(`deleting ${reference}`, statusOf(response))
  session.noteDeletion({ kind: resource.kind, name }, atMs)
  // An object that lingers is answered with its new state; one that is gone, with a Status.
  const answer = response.body as KubeObject
  if (answer.kind === resource.kind) moveTo(session, resource.kind, answer, atMs)
}
