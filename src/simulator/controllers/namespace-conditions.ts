// What a namespace on its way out says about what is still in it.

/** What was still there after a deletion of everything. */
export interface Remains {
  readonly namespace: string
  /** How many objects, by `pods.`, `deployments.apps`. */
  readonly counts: ReadonlyMap<string, number>
  /** How many objects each finalizer holds. */
  readonly finalizers: ReadonlyMap<string, number>
  /** For how long that is to be expected; 0 when nothing explains it. */
  readonly estimateSeconds: number
}

export interface NamespaceConditionState {
  readonly type: string
  readonly status: 'False' | 'True'
  readonly reason: string
  readonly message: string
}

/** Source: pkg/controller/namespace/deletion/status_condition_utils.go; golden/api/controllers-namespace. */
export function namespaceConditions(remains: Remains): readonly NamespaceConditionState[] {
  return [
    no('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    no(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    contentFailure(remains),
    contentRemaining(remains),
    finalizersRemaining(remains),
  ]
}

/** What is left without grace or finalizers to explain it counts as a failure, and is not counted otherwise. */
function isFailure({ counts, estimateSeconds }: Remains): boolean {
  return counts.size > 0 && estimateSeconds === 0
}

function contentFailure(remains: Remains): NamespaceConditionState {
  const type = 'NamespaceDeletionContentFailure'
  if (!isFailure(remains)) {
    return no(type, 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization')
  }
  const errors = [...remains.counts.keys()].map((resource) => {
    const [plural, group] = splitAtDot(resource)
    return `unexpected items still remain in namespace: ${remains.namespace} for gvr: ${group}/v1, Resource=${plural}`
  })
  const message = `Failed to delete all resource types, ${errors.length} remaining: ${errors.join(', ')}`
  return { type, status: 'True', reason: 'ContentDeletionFailed', message }
}

function contentRemaining(remains: Remains): NamespaceConditionState {
  const type = 'NamespaceContentRemaining'
  if (remains.counts.size === 0 || isFailure(remains))
    return no(type, 'ContentRemoved', 'All content successfully removed')
  const list = sorted(
    [...remains.counts].map(([resource, count]) => `${resource} has ${count} resource instances`),
  )
  const message = `Some resources are remaining: ${list.join(', ')}`
  return { type, status: 'True', reason: 'SomeResourcesRemain', message }
}

function finalizersRemaining(remains: Remains): NamespaceConditionState {
  const type = 'NamespaceFinalizersRemaining'
  if (remains.finalizers.size === 0)
    return no(type, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished')
  const list = sorted(
    [...remains.finalizers].map(([name, count]) => `${name} in ${count} resource instances`),
  )
  const message = `Some content in the namespace has finalizers remaining: ${list.join(', ')}`
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message }
}

function no(type: string, reason: string, message: string): NamespaceConditionState {
  return { type, status: 'False', reason, message }
}

function splitAtDot(resource: string): readonly [string, string] {
  const at = resource.indexOf('.')
  return [resource.slice(0, at), resource.slice(at + 1)]
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : Number(a > b)))
}
