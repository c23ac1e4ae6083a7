// The namespaces that tests have made on a cluster and nobody has deleted, as any client sees them.

import { kubeconfigCluster } from '../../src/cluster/kubeconfig.ts'
import type { KubeObject } from '../../src/cluster/cluster.ts'
import { OWN_LABEL } from '../../src/cluster/own-label.ts'

/** Their names. */
export async function namespacesOfTests(kubeconfig: string): Promise<readonly string[]> {
  const cluster = await kubeconfigCluster({ file: kubeconfig })
  try {
    const query = { labelSelector: `${OWN_LABEL}=true` }
    const { body } = await cluster.request('GET', '/api/v1/namespaces', undefined, { query })
    const { items } = body as { readonly items: readonly KubeObject[] }
    return items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
  } finally {
    await cluster.close()
  }
}
