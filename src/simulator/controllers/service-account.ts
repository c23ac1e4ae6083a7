// The service account controller: every namespace has a ServiceAccount `default`.

import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { serviceAccount } from '../kinds/service-account.ts'
import type { Controller } from './controller.ts'
import { WorkQueue } from './work-queue.ts'

const NAME = 'default'

/** Source: pkg/controller/serviceaccount/serviceaccounts_controller.go. */
export const serviceAccountController: Controller = (context) => {
  const { registry } = context
  const queue = new WorkQueue({ ...context, random: context.random.fork('serviceaccount'), reconcile })

  registry.store.subscribe('namespaces', ({ type, object }) => {
    if (type !== 'DELETED') queue.addObject(object)
  })
  registry.store.subscribe('serviceaccounts', ({ type, object: { metadata } }) => {
    if (type === 'DELETED' && metadata.name === NAME) queue.add(metadata.namespace ?? '')
  })
  for (const object of registry.list(namespaceKind)) queue.addObject(object)

  function reconcile(namespace: string): void {
    const object = registry.find(namespaceKind, { name: namespace })
    if (object?.status?.phase !== 'Active') return
    if (registry.find(serviceAccount, { namespace, name: NAME })) return
    registry.create(serviceAccount, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace, name: NAME },
    })
  }
}
