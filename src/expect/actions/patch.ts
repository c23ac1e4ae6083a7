// cluster.patch('pod/x', {...}): changes an object.

import type { KubeObject } from '../../cluster/cluster.ts'
import { objectPath } from '../../cluster/resource.ts'
import { bodyOf } from '../../cluster/status-error.ts'
import type { Session } from '../session.ts'
import { moveTo } from './apply.ts'
import { noteCommand } from './note.ts'
import { readReference } from './reference.ts'

export interface PatchOptions {
  /** How lists are treated: replaced (`merge`), merged by their keys (`strategic`), or told step by step (`json`). */
  readonly type?: 'json' | 'merge' | 'strategic'
  readonly subresource?: string
}

const CONTENT_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const

/** Patches one object, written as `kind/name`; strategically unless told, as kubectl does. Throws a StatusError if the server refuses. */
export async function patch(
  session: Session,
  reference: string,
  change: unknown,
  options: PatchOptions = {},
): Promise<KubeObject> {
  const { type = 'strategic', subresource } = options
  const { resource, name } = await readReference(session, reference)
  const atMs = session.cluster.clock.now()
  session.watch(resource)
  const path =
    objectPath(resource, session.namespace, name) + (subresource === undefined ? '' : `/${subresource}`)
  const response = await session.request('PATCH', path, change, {
    query: { fieldValidation: 'Strict' },
    contentType: CONTENT_TYPES[type],
  })
  const object = bodyOf(response, `patching ${reference}`) as KubeObject
  noteCommand(session, {
    atMs,
    command: `kubectl patch ${reference} --type=${type} -p '${JSON.stringify(change)}'`,
    stdout: `${resource.kind.toLowerCase()}/${name} patched\n`,
  })
  moveTo(session, resource.kind, object, atMs)
  return object
}
