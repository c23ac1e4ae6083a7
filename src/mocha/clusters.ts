// The clusters on which claims can be made, sorted by name. Each is loaded when it is first asked for.

import type { Cluster } from '../cluster/cluster.ts'

/** What a cluster needs to know to be opened. */
export interface ClusterOptions {
  readonly seed: string
  /** Image names that stand for others. */
  readonly images: Readonly<Record<string, string>>
}

export interface ClusterBackend {
  /** Whether each test gets one of its own: it costs next to nothing, and no test can disturb another. */
  readonly isPerTest: boolean
  open(options: ClusterOptions): Promise<Cluster>
}

export const CLUSTERS: Readonly<Record<string, ClusterBackend>> = {
  kubeconfig: {
    isPerTest: false,
    async open() {
      const { kubeconfigCluster } = await import('../cluster/kubeconfig.ts')
      return kubeconfigCluster()
    },
  },
  simulator: {
    isPerTest: true,
    async open({ seed, images }) {
      const { imagesWith, simulatorCluster } = await import('../cluster/simulator.ts')
      return simulatorCluster({ seed, images: imagesWith(images) })
    },
  },
}
