// What a kind of object declares about itself: everything the API server has to know to serve it.

import type { Random } from '../../time/random.ts'
import type { FieldError } from './field-error.ts'
import type { KubeObject, ObjectRef } from './object.ts'
import type { Registry } from './registry.ts'
import type { Store } from './store.ts'

/**
 * A kind, served under /api/v1 or /apis/<group>/<version>. Only names are needed; every other part has a plain
 * default. Hooks are pure: they answer a new object (sharing what did not change) and never touch their arguments.
 * Lists of fields, merge keys and list types are not declared here: schema/ knows them for every kind of Kubernetes.
 */
export interface Kind<T extends KubeObject = KubeObject> {
  /** '' for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames?: readonly string[]
  /** `['all']` lets `kubectl get all` list it. */
  readonly categories?: readonly string[]
  readonly namespaced: boolean
  /** What may be done through the main door; all verbs unless told. */
  readonly verbs?: readonly Verb[]
  /** What every answer about this kind warns of: `v1 Endpoints is deprecated in v1.33+; use ...`. */
  readonly deprecated?: string
  /** Set when the objects of this kind are those of another one in other clothes (events.k8s.io over core events). */
  readonly view?: View
  /** What a name has to look like; an RFC 1123 subdomain unless told. */
  readonly nameRule?: NameRule
  /** Whether status is written through /status alone: the main door then drops it on create and keeps it on update. */
  readonly hasStatus?: boolean
  /** Whether metadata.generation counts: 1 on create, one more whenever something other than metadata and status changes. */
  readonly hasGeneration?: boolean
  /** Whether a PUT without resourceVersion is refused with `must be specified for an update`. */
  readonly needsResourceVersion?: boolean

  /** Fills what was left out, when an object is decoded. */
  defaults?(object: T): T
  /** What the server decides on create, after admission: allocations, initial status. Generic metadata is filled already. */
  prepareForCreate?(object: T, context: Context): T
  /** Mistakes beyond those of ObjectMeta, which are found for every kind. */
  validate?(object: T, context: Context): readonly FieldError[]
  /** What an update through the main door may not touch, put back from `old`. Status and generation are taken care of. */
  prepareForUpdate?(object: T, old: T, context: Context): T
  validateUpdate?(object: T, old: T, context: Context): readonly FieldError[]
  /** Texts for the `Warning: 299 - "..."` headers of a create or an update. */
  warnings?(object: T, old: T | undefined): readonly string[]

  readonly deletion?: Deletion<T>
  readonly subresources?: readonly Subresource<T>[]
  readonly scale?: Scale<T>

  /** What a fieldSelector may name beside metadata.name and metadata.namespace. */
  readonly selectableFields?: readonly string[]
  /** The value of one of them; '' where the object has none. */
  fieldValue?(object: T, field: string): string
  /** The text about a field that cannot be selected; `"x" is not a known field selector: only ...` unless told. */
  unknownField?(label: string): string

  /** The columns of its Table; Name and Created At unless told. */
  readonly columns?: readonly Column[]
  /** The cells of a row, one for each column. */
  cells?(object: T, atMs: number): readonly Cell[]
  rowConditions?(object: T): readonly RowCondition[]
}

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch'

export type NameRule = 'label' | 'label1035' | 'path-segment' | 'subdomain'

/** What hooks may ask about the world of a request. */
export interface Context {
  /** The instant of the request. */
  readonly atMs: number
  readonly random: Random
  readonly store: Store
  /** Nothing will be stored: an allocation is made, and not kept. */
  readonly dryRun: boolean
  /** Adds a `Warning: 299` header to the answer. */
  warn(text: string): void
}

/** How objects are read and written as another kind: neither side is stored twice. */
export interface View {
  readonly of: Kind
  /** From the stored object. */
  read(stored: KubeObject): KubeObject
  /** Back to the stored kind. */
  write(object: KubeObject): KubeObject
}

/** What a deletion does; at once, and with dependents left to the garbage collector, unless told. */
export interface Deletion<T extends KubeObject = KubeObject> {
  /**
   * The grace with which the object goes, in seconds; 0 or undefined is at once. `asked` is gracePeriodSeconds of the
   * request. A Pod on a node answers its own terminationGracePeriodSeconds (pkg/registry/core/pod/strategy.go:CheckGracefulDelete).
   */
  graceSeconds?(object: T, asked: number | undefined, context: Context): number | undefined
  /** What becomes of an object when its deletion begins, beyond its metadata: a Namespace's phase. */
  begin?(object: T, context: Context): T
  /** Whether something other than metadata.finalizers still holds it: spec.finalizers of a Namespace. */
  isHeld?(object: T): boolean
  /** What happens to dependents if the request does not say; Background unless told. */
  readonly defaultPropagation?: 'Background' | 'Orphan'
  /** What a finished DELETE answers; the Status unless told. An unfinished one always answers the object. */
  readonly answers?: 'object' | 'status'
  /** Texts for the Warning headers; `propagationPolicy` as asked. */
  warnings?(object: T, propagationPolicy: string | undefined): readonly string[]
}

/** A door beside the main one: `pods/status`, `pods/binding`, `pods/log`. */
export interface Subresource<T extends KubeObject = KubeObject> {
  /** `status`, `binding`... */
  readonly name: string
  readonly verbs: readonly Verb[]
  /** The kind of its bodies where that is not the kind itself: `{ group: 'policy', version: 'v1', kind: 'Eviction' }`. */
  readonly speaks?: { readonly group: string; readonly version: string; readonly kind: string }
  /** Writes the same object under other rules (status, ephemeralcontainers, resize, finalize). */
  readonly update?: UpdateStrategy<T>
  /** Does something with the object on POST (binding, eviction, token) and answers the body of the 201. */
  create?(call: SubresourceCall<T>): KubeObject
}

/** What an update through one door keeps from the old object, and what it refuses. */
export interface UpdateStrategy<T extends KubeObject = KubeObject> {
  prepare(object: T, old: T, context: Context): T
  validate?(object: T, old: T, context: Context): readonly FieldError[]
  warnings?(object: T, old: T): readonly string[]
}

/** A POST to a subresource, on its way. */
export interface SubresourceCall<T extends KubeObject = KubeObject> {
  readonly registry: Registry
  readonly kind: Kind<T>
  readonly ref: ObjectRef
  readonly body: KubeObject
  readonly context: Context
  readonly dryRun: boolean
  /** Who writes, for managedFields. */
  readonly fieldManager?: string | undefined
}

/** How `kubectl scale` reads and writes the number of replicas (autoscaling/v1 Scale). */
export interface Scale<T extends KubeObject = KubeObject> {
  specReplicas(object: T): number | undefined
  statusReplicas(object: T): number
  /** The label selector as text. */
  selector(object: T): string
  withReplicas(object: T, replicas: number): T
}

/** A column of a Table (meta/v1 TableColumnDefinition). Priority 0 is always shown, 1 with `-o wide`. */
export interface Column {
  readonly name: string
  readonly type: 'boolean' | 'date' | 'integer' | 'number' | 'string'
  readonly format: string
  readonly description: string
  readonly priority: number
}

export type Cell = boolean | number | string | null

/** meta/v1 TableRowCondition. */
export interface RowCondition {
  readonly type: 'Completed'
  readonly status: 'True'
  readonly reason: string
  readonly message: string
}

/** `pods`, `deployments.apps`: how errors, admission and the store name a kind's resource. */
export function resourceOf(kind: Pick<Kind, 'group' | 'plural'>): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural
}

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<Kind, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version
}
