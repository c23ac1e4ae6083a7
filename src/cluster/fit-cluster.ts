// The cluster of a kubeconfig, once it is known to be fit for tests.

import type { Cluster } from './cluster.ts'
import { kubeconfigCluster } from './kubeconfig.ts'
import type { KubeconfigOptions } from './load-kubeconfig.ts'
import { preflight } from './preflight.ts'

export interface FitClusterOptions extends KubeconfigOptions {
  /** Contexts that may be used although they look like production. */
  readonly allowedContexts?: readonly string[]
}

/** Throws EnvironmentProblem. */
export async function fitCluster(options: FitClusterOptions): Promise<Cluster> {
  const cluster = await kubeconfigCluster(options)
  const { allowedContexts = [] } = options
  try {
    const context = cluster.name.replace(/^kubeconfig:/, '')
    await preflight(cluster, { context, server: cluster.server ?? '', allowedContexts })
    return cluster
  } catch (error) {
    await cluster.close()
    throw error
  }
}
