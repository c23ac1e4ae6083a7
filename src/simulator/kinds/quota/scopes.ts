// Which Pods a quota is about.

import type { V1ScopedResourceSelectorRequirement } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { qosClass } from '../../../pod/qos-class.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Pod } from '../pod/pod.ts'
import type { ResourceQuota } from '../resource-quota.ts'

type Requirement = Json<V1ScopedResourceSelectorRequirement>

/** Source: pkg/quota/v1/evaluator/core/pods.go:podMatchesScopeFunc. A quota with scopes is about Pods alone. */
export function isInScope({ spec = {} }: ResourceQuota, resource: string, object: KubeObject): boolean {
  const requirements: readonly Requirement[] = [
    ...(spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...(spec.scopeSelector?.matchExpressions ?? []),
  ]
  if (requirements.length === 0) return true
  return resource === 'pods' && requirements.every((requirement) => matches(requirement, object as Pod))
}

function matches(
  { operator, scopeName, values = [] }: Requirement,
  { spec = { containers: [] } }: Pod,
): boolean {
  switch (scopeName) {
    case 'Terminating':
      return spec.activeDeadlineSeconds !== undefined
    case 'NotTerminating':
      return spec.activeDeadlineSeconds === undefined
    case 'BestEffort':
      return qosClass(spec) === 'BestEffort'
    case 'NotBestEffort':
      return qosClass(spec) !== 'BestEffort'
    case 'PriorityClass':
      return matchesClass(operator, values, spec.priorityClassName)
    case 'CrossNamespacePodAffinity':
      return reachesOtherNamespaces(spec)
    default:
      return false
  }
}

function matchesClass(operator: string, values: readonly string[], name: string | undefined): boolean {
  switch (operator) {
    case 'Exists':
      return Boolean(name)
    case 'DoesNotExist':
      return !name
    case 'In':
      return name !== undefined && values.includes(name)
    default:
      return name === undefined || !values.includes(name)
  }
}

function reachesOtherNamespaces({ affinity }: NonNullable<Pod['spec']>): boolean {
  const terms = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((group) => [
    ...(group?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(group?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ])
  return terms.some(
    ({ namespaceSelector, namespaces = [] }) => namespaces.length > 0 || namespaceSelector !== undefined,
  )
}
