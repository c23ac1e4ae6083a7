// How much of a quota is used up, counted over what is stored.

import { formatQuantity, parseQuantity } from '../../../pod/quantity.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Store } from '../../store/store.ts'
import type { ResourceList } from '../resource-list.ts'
import type { ResourceQuota } from '../resource-quota.ts'
import { compareText } from '../text.ts'
import type { Usage } from './object-usage.ts'
import { noUsage, plus, usageOf } from './object-usage.ts'
import { isInScope } from './scopes.ts'

/** What the objects in the quota's namespace use up, but for one that is about to change. */
export function usedOf(store: Store, quota: ResourceQuota, except?: KubeObject): Usage {
  return resourcesOf(quota).reduce<Usage>(
    (sum, resource) => plus(sum, usedBy(store, quota, resource, except)),
    noUsage(),
  )
}

/** What the status of a quota says: what is limited, and how much of it is used. */
export function quotaStatus(
  store: Store,
  quota: ResourceQuota,
): { readonly hard: ResourceList; readonly used: ResourceList } {
  const hard = quota.spec?.hard ?? {}
  const used = usedOf(store, quota)
  const names = Object.keys(hard).toSorted(compareText)
  return {
    hard,
    used: Object.fromEntries(
      names.map((name) => [name, formatQuantity(used.get(name) ?? parseQuantity('0'))]),
    ),
  }
}

/** The resources that have to be counted to know about everything that the quota limits. */
export function resourcesOf({ spec = {} }: ResourceQuota): readonly string[] {
  return [...new Set(Object.keys(spec.hard ?? {}).map(resourceOfLimit))]
}

function resourceOfLimit(name: string): string {
  if (name.startsWith('count/')) return name.slice('count/'.length)
  if (name.startsWith('services')) return 'services'
  if (name.endsWith('requests.storage') || name.endsWith('persistentvolumeclaims'))
    return 'persistentvolumeclaims'
  const isPlain = ['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets'].includes(name)
  return isPlain ? name : 'pods'
}

function usedBy(store: Store, quota: ResourceQuota, resource: string, except: KubeObject | undefined): Usage {
  return store
    .list(resource, quota.metadata.namespace)
    .filter((object) => object.metadata.uid !== except?.metadata.uid && isInScope(quota, resource, object))
    .reduce<Usage>((sum, object) => plus(sum, usageOf(resource, object)), noUsage())
}
