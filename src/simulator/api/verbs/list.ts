// GET of a collection: its objects, a page of them, or how they were a while ago.

import type { ApiError } from '../../store/api-error.ts'
import { badRequest, expired, tooLargeResourceVersion } from '../../store/api-error.ts'
import type { Kind } from '../../store/kind.ts'
import { apiVersionOf, resourceOf } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import { keyOf, refOf } from '../../store/object.ts'
import { answerBody, goName, tableOptionsOf, wrongForm } from '../answer.ts'
import type { Call } from '../call.ts'
import type { Continuation } from '../continue-token.ts'
import { continueToken, parseContinueToken } from '../continue-token.ts'
import type { ListMeta } from '../encoding.ts'
import { listBody } from '../encoding.ts'
import type { ListOptions } from '../list-options.ts'
import { badListVersion, versionNumber } from '../list-options.ts'
import { partialMetadata } from '../partial-metadata.ts'
import { pastObjects } from '../past.ts'
import type { Body, BodyResponse } from '../response.ts'
import { jsonBody } from '../response.ts'
import type { Selection } from '../selection.ts'
import { selectionOf } from '../selection.ts'
import { tableOf } from '../table.ts'

/** Pages and past states come from the bounded log of changes; what it has forgotten is a 410. */
export function list(call: Call, options: ListOptions): BodyResponse {
  return answerPage(call, pageOf(call, options))
}

/** The objects that a list shows. */
export function pageOf(call: Call, options: ListOptions): Page {
  const { kind, name, namespace } = call.route
  const selection = selectionOf(kind, call.query, name)
  return pageIn(snapshotOf(call, options), selection, options, namespace)
}

export function answerPage(call: Call, page: Page): BodyResponse {
  return answerBody(call, 200, formedList(call, call.route.kind, page))
}

/** What a collection is, or was. */
interface Snapshot {
  readonly objects: readonly KubeObject[]
  readonly resourceVersion: number
  readonly start: string
}

export interface Page {
  readonly items: readonly KubeObject[]
  readonly metadata: ListMeta
}

function snapshotOf(call: Call, options: ListOptions): Snapshot {
  const { store } = call.registry
  const asked = askedVersion(options)
  if (asked !== undefined && asked > store.resourceVersion) {
    throw tooLargeResourceVersion(asked, store.resourceVersion)
  }
  if (options.continueToken) return continued(call, parseContinueToken(options.continueToken))
  const isExact =
    options.resourceVersionMatch === 'Exact' || (asked && options.limit > 0 && !options.resourceVersionMatch)
  if (isExact && asked) {
    const objects = past(call, asked)
    if (!objects) throw expired('The resourceVersion for the provided list is too old.')
    return { objects, resourceVersion: asked, start: '' }
  }
  return present(call, '')
}

function askedVersion({ resourceVersion, continueToken }: ListOptions): number | undefined {
  if (!resourceVersion) return undefined
  const asked = versionNumber(resourceVersion, badListVersion)
  if (continueToken && asked !== 0)
    throw badRequest('specifying resource version is not allowed when using continue')
  return asked
}

function continued(call: Call, { resourceVersion, start }: Continuation): Snapshot {
  if (resourceVersion < 0) return present(call, start)
  const current = call.registry.store.resourceVersion
  if (resourceVersion > current) throw tooLargeResourceVersion(resourceVersion, current)
  const objects = past(call, resourceVersion)
  if (!objects) throw expiredToken(start)
  return { objects, resourceVersion, start }
}

function present({ registry, route }: Call, start: string): Snapshot {
  const objects = registry.list(route.kind, route.namespace)
  return { objects, resourceVersion: registry.store.resourceVersion, start }
}

function past({ registry, route }: Call, resourceVersion: number): readonly KubeObject[] | undefined {
  const { kind, namespace } = route
  const stored = pastObjects(registry.store, resourceOf(kind.view?.of ?? kind), namespace, resourceVersion)
  return kind.view ? stored?.map((object) => kind.view?.read(object) ?? object) : stored
}

function pageIn(
  { objects, resourceVersion, start }: Snapshot,
  selection: Selection,
  { limit, resourceVersion: asked }: ListOptions,
  namespace: string | undefined,
): Page {
  const rest = start ? objects.filter((object) => pageKey(object, namespace) >= start.slice(1)) : objects
  const selected = selection.isEverything ? rest : rest.filter((object) => selection.includes(object))
  const isLimited = limit > 0 && asked !== '0' && selected.length > limit
  const items = isLimited ? selected.slice(0, limit) : selected
  const last = items.at(-1)
  if (!isLimited || !last) return { items, metadata: { resourceVersion: String(resourceVersion) } }
  const metadata = {
    resourceVersion: String(resourceVersion),
    continue: continueToken(resourceVersion, pageKey(last, namespace)),
    ...(selection.isEverything && { remainingItemCount: selected.length - limit }),
  }
  return { items, metadata }
}

/** The key below the prefix of the list: within one namespace just the name. */
function pageKey(object: KubeObject, namespace: string | undefined): string {
  return namespace ? (object.metadata.name ?? '') : keyOf(refOf(object))
}

function formedList(call: Call, kind: Kind, { items, metadata }: Page): Body {
  const { as, version } = call.wanted
  switch (as) {
    case 'object':
      return listBody({ kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items })
    case 'PartialObjectMetadata':
      throw wrongForm(
        `you requested PartialObjectMetadata, but the requested object is a list (*${goName(kind)}List)`,
      )
    case 'PartialObjectMetadataList':
      return jsonBody({
        kind: 'PartialObjectMetadataList',
        apiVersion: `meta.k8s.io/${version}`,
        metadata,
        items: items.map((object) => partialMetadata(object, version)),
      })
    case 'Table':
      return jsonBody(tableOf(kind, items, metadata, tableOptionsOf(call)))
  }
}

/** The token that comes with the refusal goes on where the list stopped, with what is there now (storage/etcd3/errors.go). */
function expiredToken(start: string): ApiError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'
  const error = expired(message)
  const token = continueToken(-1, start.slice(1, start.endsWith('\u0000') ? -1 : undefined))
  return error.withMetadata({ continue: token })
}
