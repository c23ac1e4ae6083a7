// Objects as rows: what `kubectl get` shows (meta/v1 Table).

import type { Cell, Column, Kind, RowCondition } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import type { ListMeta } from './encoding.ts'
import { partialMetadata } from './partial-metadata.ts'

/** What each row carries of its object. */
export type IncludeObject = 'Metadata' | 'None' | 'Object'

export interface Table {
  readonly kind: 'Table'
  readonly apiVersion: string
  readonly metadata: Partial<ListMeta>
  readonly columnDefinitions: readonly Column[] | null
  readonly rows: readonly Row[]
}

interface Row {
  readonly cells: readonly Cell[]
  readonly conditions?: readonly RowCondition[]
  readonly object: unknown
}

export interface TableOptions {
  readonly version: string
  readonly includeObject: IncludeObject
  /** Left out in every event of a watch but the first. */
  readonly hasColumns?: boolean
  readonly atMs: number
}

/** Kinds without columns of their own show these (apiserver/pkg/registry/rest/table.go:defaultTableConvertor). */
const DEFAULT_COLUMNS: readonly Column[] = [
  {
    name: 'Name',
    type: 'string',
    format: 'name',
    description:
      'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
    priority: 0,
  },
  {
    name: 'Created At',
    type: 'date',
    format: '',
    description:
      'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
    priority: 0,
  },
]

/** A Table of `objects`; `metadata` is that of the list, or of the single object. */
export function tableOf(
  kind: Kind,
  objects: readonly KubeObject[],
  metadata: Partial<ListMeta>,
  options: TableOptions,
): Table {
  const { version, hasColumns = true } = options
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
    columnDefinitions: hasColumns ? (kind.columns ?? DEFAULT_COLUMNS) : null,
    rows: objects.map((object) => rowOf(kind, object, options)),
  }
}

function rowOf(kind: Kind, object: KubeObject, { version, includeObject, atMs }: TableOptions): Row {
  const conditions = kind.rowConditions?.(object) ?? []
  return {
    cells: kind.cells?.(object, atMs) ?? [
      object.metadata.name ?? '',
      object.metadata.creationTimestamp ?? '<unknown>',
    ],
    ...(conditions.length && { conditions }),
    object: includedObject(object, includeObject, version),
  }
}

function includedObject(object: KubeObject, include: IncludeObject, version: string): unknown {
  if (include === 'None') return null
  return include === 'Object' ? object : partialMetadata(object, version)
}
