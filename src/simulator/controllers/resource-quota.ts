// The resource quota controller: the status of a quota says how much of it is used.

import { quotaStatus, resourcesOf } from '../kinds/quota/quota-usage.ts'
import type { ResourceQuota } from '../kinds/resource-quota.ts'
import { resourceQuota as quotaKind } from '../kinds/resource-quota.ts'
import { isEqual } from '../store/equality.ts'
import { refOf } from '../store/object.ts'
import type { Controller } from './controller.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

/**
 * What uses a quota up is counted in the status when it comes, and given back when it is gone; the admission plugin counts
 * for itself. Source: pkg/controller/resourcequota/resource_quota_controller.go:syncResourceQuota.
 */
export const resourceQuotaController: Controller = (context) => {
  const { registry } = context
  const { store } = registry
  const followed = new Set<string>()
  const queue = new WorkQueue({ ...context, random: context.random.fork('resourcequota'), reconcile })
  store.subscribe('resourcequotas', ({ type, object }) => {
    if (type !== 'DELETED') queue.addObject(object)
  })

  function reconcile(key: string): void {
    const quota = registry.find(quotaKind, refOfKey(key))
    if (!quota) return
    for (const resource of resourcesOf(quota)) follow(resource)
    const status = quotaStatus(store, quota)
    if (isEqual(quota.status ?? {}, status)) return
    unlessGone(() =>
      registry.change(quotaKind, refOf(quota), (old) => ({ ...old, status }), { subresource: 'status' }),
    )
  }

  /** Resources that no quota limits are nobody's business here. */
  function follow(resource: string): void {
    if (followed.has(resource)) return
    followed.add(resource)
    store.subscribe(resource, ({ object }) => {
      const quotas = store.list('resourcequotas', object.metadata.namespace) as readonly ResourceQuota[]
      for (const quota of quotas) if (resourcesOf(quota).includes(resource)) queue.addObject(quota)
    })
  }
}
