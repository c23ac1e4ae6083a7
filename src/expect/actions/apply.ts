// cluster.apply(...): brings what manifests describe into the namespace of the test, all of it or nothing.

import { readFile } from 'node:fs/promises'
import type { ClusterResponse, KubeObject } from '../../cluster/cluster.ts'
import { readManifest } from '../../cluster/manifest.ts'
import type { ManifestDocument, ManifestObject } from '../../cluster/manifest.ts'
import { collectionPath, objectPath } from '../../cluster/resource.ts'
import type { Resource } from '../../cluster/resource.ts'
import { StatusError, isSuccess, statusOf } from '../../cluster/status-error.ts'
import { versionOf } from '../cursor.ts'
import type { Session } from '../session.ts'
import { noteCommand } from './note.ts'

/** A file's path, the text of a manifest, an object, or several of these. */
export type Manifest = string | ManifestObject | readonly (string | ManifestObject)[]

/** An object that is about to be created. */
interface Planned {
  readonly resource: Resource
  readonly object: ManifestObject
  readonly place: string
  readonly source: string
}

/** A document with the file that it stands in; `-` where there is none, as on a command line. */
interface Source extends ManifestDocument {
  readonly source: string
}

/**
 * Creates every object, or changes it by server-side apply where it exists. First the server judges all of them in a dry run
 * with strict validation, so that a mistake in the last leaves nothing of the first. The namespace of a manifest is the
 * test's: `default`, or none, becomes it, and any other is refused. Throws ManifestError, StatusError, or an Error for kinds
 * which the cluster does not serve.
 */
export async function apply(session: Session, manifest: Manifest): Promise<readonly KubeObject[]> {
  const documents = await readAll(manifest)
  const planned: Planned[] = []
  for (const document of documents) planned.push(await plan(session, document))
  for (const each of planned) refuseUnless(await send(session, each, { dryRun: 'All' }), each)
  const created: KubeObject[] = []
  for (const each of planned) created.push(await create(session, each))
  return created
}

/** Reads what was handed over: a text with a line break is a manifest, one without is a path. */
export async function readAll(manifest: Manifest): Promise<readonly Source[]> {
  const parts = (Array.isArray(manifest) ? manifest : [manifest]) as readonly (string | ManifestObject)[]
  const documents: Source[] = []
  for (const part of parts) {
    const source = typeof part !== 'string' || part.includes('\n') ? '-' : part
    documents.push(...(await readPart(part)).map((document) => ({ ...document, source })))
  }
  return documents
}

async function readPart(part: string | ManifestObject): Promise<readonly ManifestDocument[]> {
  if (typeof part !== 'string') return [{ object: part, place: `${part.kind} ${part.metadata.name ?? ''}` }]
  return part.includes('\n')
    ? readManifest(part, 'manifest')
    : readManifest(await readFile(part, 'utf8'), part)
}

/** Finds the kind of a document and moves it into the namespace of the test. */
export async function plan(session: Session, { object, place, source }: Source): Promise<Planned> {
  const resource = await session.resources.ofKind(object.apiVersion, object.kind)
  if (!resource) throw new Error(`${place}: the cluster serves no ${object.kind} of ${object.apiVersion}`)
  if (!resource.isNamespaced) {
    throw new Error(
      `${place}: a ${object.kind} belongs to the whole cluster, and a test only to its namespace`,
    )
  }
  const { namespace = 'default' } = object.metadata
  if (namespace !== 'default' && namespace !== session.namespace) {
    throw new Error(
      `${place}: a test has one namespace of its own, which manifests call "default", not "${namespace}"`,
    )
  }
  return {
    resource,
    place,
    source,
    object: { ...object, metadata: { ...object.metadata, namespace: session.namespace } },
  }
}

/** Creates the object; where one of that name exists, changes it. Unknown fields reach the server, which refuses them. */
export async function send(
  session: Session,
  { resource, object }: Planned,
  query: Readonly<Record<string, string>>,
): Promise<ClusterResponse> {
  const strict = { fieldValidation: 'Strict', ...query }
  const created = await session.request('POST', collectionPath(resource, session.namespace), object, {
    query: strict,
  })
  const { name } = object.metadata
  if (created.status !== 409 || name === undefined || statusOf(created).reason !== 'AlreadyExists')
    return created
  return session.request('PATCH', objectPath(resource, session.namespace, name), object, {
    query: { ...strict, fieldManager: 'podproof', force: 'true' },
    contentType: 'application/apply-patch+yaml',
  })
}

async function create(session: Session, planned: Planned): Promise<KubeObject> {
  session.watch(planned.resource)
  const atMs = session.cluster.clock.now()
  const response = await send(session, planned, {})
  const object = refuseUnless(response, planned)
  const { resource } = planned
  const verb = response.status === 201 ? 'created' : 'configured'
  noteCommand(session, {
    atMs,
    command: `kubectl apply -f ${planned.source}`,
    stdout: `${resource.kind.toLowerCase()}/${object.metadata.name} ${verb}\n`,
  })
  moveTo(session, resource.kind, object, atMs)
  return object
}

/** States older than the answer satisfy no later claim about the object. */
export function moveTo(session: Session, kind: string, { metadata }: KubeObject, atMs: number): void {
  const version = versionOf(metadata.resourceVersion)
  session.moveCursor(
    { kind, name: metadata.name },
    { order: 0, atMs, ...(version !== undefined && { resourceVersion: version }) },
  )
}

function refuseUnless(response: ClusterResponse, { place }: Planned): KubeObject {
  if (!isSuccess(response)) throw new StatusError(place, statusOf(response))
  return response.body as KubeObject
}
