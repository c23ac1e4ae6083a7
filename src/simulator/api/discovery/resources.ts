// The resources of a group and version, in their two dresses: one list each, or all of them in one document.

import { createHash } from 'node:crypto'
import type { Kind, Verb } from '../../store/kind.ts'
import type { CreateOnly } from '../create-only.ts'
import type { Served } from '../route.ts'
import { connectorOf } from '../subresources/subresource.ts'
import { verbsOf } from '../verbs-of.ts'

/** A resource or a subresource (meta/v1 APIResource). */
export interface Resource {
  /** `pods`, `pods/log`. */
  readonly name: string
  readonly singularName: string
  readonly namespaced: boolean
  /** Where the kind is of another group than the list. */
  readonly group?: string
  readonly version?: string
  readonly kind: string
  readonly verbs: readonly string[]
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly storageVersionHash?: string
}

/** Sorted by name, each followed by its subresources. */
export function resourcesOf({ kinds }: Served): readonly Resource[] {
  return kinds
    .flatMap((kind) => ('answer' in kind ? [questionResource(kind)] : kindResources(kind)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function questionResource({ plural, singular, namespaced, kind, verbs }: CreateOnly): Resource {
  return { name: plural, singularName: singular, namespaced, kind, verbs }
}

function kindResources(kind: Kind): readonly Resource[] {
  const { plural, singular, namespaced, shortNames, categories } = kind
  const main: Resource = {
    name: plural,
    singularName: singular,
    namespaced,
    kind: kind.kind,
    verbs: verbsOf(kind),
    ...(shortNames?.length && { shortNames }),
    ...(categories?.length && { categories }),
    storageVersionHash: storageVersionHash(kind.view?.of ?? kind),
  }
  return [main, ...connectorResources(kind), ...scaleResources(kind), ...doorResources(kind)]
}

function doorResources(kind: Kind): readonly Resource[] {
  const doors = kind.subresources ?? []
  return doors
    .filter(({ name }) => !connectorOf(kind, name) && !(name === 'scale' && kind.scale))
    .map(({ name, verbs, speaks }) => subresource(kind, name, verbs, speaks ?? kind))
}

function scaleResources(kind: Kind): readonly Resource[] {
  const verbs = ['get', 'patch', 'update'] as const
  return kind.scale
    ? [subresource(kind, 'scale', verbs, { group: 'autoscaling', version: 'v1', kind: 'Scale' })]
    : []
}

/** The kinds of a connection's options, and the verbs that its methods are. */
const CONNECTORS = [
  { name: 'attach', suffix: 'AttachOptions', verbs: ['create', 'get'] },
  { name: 'exec', suffix: 'ExecOptions', verbs: ['create', 'get'] },
  { name: 'log', suffix: '', verbs: ['get'] },
  { name: 'portforward', suffix: 'PortForwardOptions', verbs: ['create', 'get'] },
  { name: 'proxy', suffix: 'ProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
] as const

function connectorResources(kind: Kind): readonly Resource[] {
  return CONNECTORS.filter(({ name }) => connectorOf(kind, name)).map(({ name, suffix, verbs }) =>
    subresource(kind, name, verbs, {
      group: kind.group,
      version: kind.version,
      kind: `${kind.kind}${suffix}`,
    }),
  )
}

function subresource(
  { group, version, plural, namespaced }: Kind,
  name: string,
  verbs: readonly Verb[],
  speaks: { readonly group: string; readonly version: string; readonly kind: string },
): Resource {
  const isForeign = speaks.group !== group || speaks.version !== version
  return {
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    ...(isForeign && { group: speaks.group, version: speaks.version }),
    kind: speaks.kind,
    verbs,
  }
}

/** apiserver/pkg/endpoints/discovery/storageversionhash.go */
function storageVersionHash({ group, version, kind }: Kind): string {
  const hash = createHash('sha256').update(`${group}/${version}/${kind}`).digest()
  return hash.subarray(0, 8).toString('base64')
}
