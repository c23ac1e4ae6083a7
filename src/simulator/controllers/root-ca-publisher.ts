// The root CA publisher: every namespace has a ConfigMap with the certificate of the API server.

import { configMap } from '../kinds/config-map.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import type { Controller } from './controller.ts'
import { WorkQueue } from './work-queue.ts'

const NAME = 'kube-root-ca.crt'
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'

/** Source: pkg/controller/certificates/rootcacertpublisher/publisher.go. What others change in it is put back. */
export const rootCaPublisher: Controller = (context) => {
  const { registry, certificateAuthority } = context
  const queue = new WorkQueue({ ...context, random: context.random.fork('root-ca'), reconcile })
  const data = { 'ca.crt': certificateAuthority }
  const annotations = { 'kubernetes.io/description': DESCRIPTION }

  registry.store.subscribe('namespaces', ({ type, object }) => {
    if (type !== 'DELETED') queue.addObject(object)
  })
  registry.store.subscribe('configmaps', ({ type, object: { metadata } }) => {
    if (type !== 'ADDED' && metadata.name === NAME) queue.add(metadata.namespace ?? '')
  })
  for (const object of registry.list(namespaceKind)) queue.addObject(object)

  function reconcile(namespace: string): void {
    const object = registry.find(namespaceKind, { name: namespace })
    if (object?.status?.phase !== 'Active') return
    const known = registry.find(configMap, { namespace, name: NAME })
    if (!known) {
      const metadata = { namespace, name: NAME, annotations }
      registry.create(configMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data })
    } else if (JSON.stringify(known.data) !== JSON.stringify(data)) {
      registry.update(configMap, { ...known, data })
    }
  }
}
