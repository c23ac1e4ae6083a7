// How a spec names an object: `pod/myapp-pod`, `svc/myservice`.

import type { Resource } from '../../cluster/resource.ts'
import type { Session } from '../session.ts'

export interface NamedObject {
  readonly resource: Resource
  readonly name: string
}

/** Reads `kind/name`. Throws an Error for another form, and for kinds that the cluster does not know. */
export async function readReference(session: Session, reference: string): Promise<NamedObject> {
  const [kind, name, ...more] = reference.split('/')
  if (!kind || !name || more.length > 0)
    throw new Error(`expected kind/name, for example pod/web, got "${reference}"`)
  return { resource: await session.resources.named(kind), name }
}
