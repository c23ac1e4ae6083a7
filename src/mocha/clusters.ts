// The clusters on which claims can be made, sorted by name. Each is loaded when it is first asked for.

import type { Cluster } from '../cluster/cluster.ts'

/** What a cluster needs to know to be opened. */
export interface ClusterOptions {
  readonly seed: string
  /** Image names that stand for others. */
  readonly images: Readonly<Record<string, string>>
  /** Which k3s: a version, a tag, or a whole image. */
  readonly k3s?: string
  /** Images of the engine that k3s is given. */
  readonly preload?: readonly string[]
  /** Whether k3s goes on afterwards, for the next run. */
  readonly reuseK3s?: boolean
  /** Contexts that may be used although they look like production. */
  readonly allowedContexts?: readonly string[]
}

export interface ClusterBackend {
  /** Whether each test gets one of its own: it costs next to nothing, and no test can disturb another. */
  readonly isPerTest: boolean
  /** Whether a name may go on after a colon, and what that part is. */
  readonly argument?: string
  /** Throws EnvironmentProblem for a cluster that is not fit for claims. */
  open(options: ClusterOptions, argument?: string): Promise<Cluster>
  /** Takes back what `open` has made so far; asked for by an interrupted run that cannot wait for it. */
  readonly abandon?: () => Promise<void>
}

/** A backend with the rest of the name under which it was asked for. */
export interface NamedCluster {
  readonly isPerTest: boolean
  open(options: ClusterOptions): Promise<Cluster>
  readonly abandon: (() => Promise<void>) | undefined
}

export const CLUSTERS: Readonly<Record<string, ClusterBackend>> = {
  k3s: {
    isPerTest: false,
    async open({ images, k3s: version, preload = [], reuseK3s: isReused = false }) {
      const { k3sCluster } = await import('../cluster/k3s.ts')
      const { substituted } = await import('../cluster/substituted.ts')
      const onProgress = (text: string) => process.stderr.write(`${text}\n`)
      const options = { ...(version !== undefined && { version }), preload, isReused, onProgress }
      return substituted(await k3sCluster(options), images)
    },
    abandon: async () => {
      const { removeOwnContainers } = await import('../cluster/own-containers.ts')
      await removeOwnContainers()
    },
  },
  kubeconfig: {
    isPerTest: false,
    argument: 'context',
    async open({ images, allowedContexts = [] }, context) {
      const { fitCluster } = await import('../cluster/fit-cluster.ts')
      const { substituted } = await import('../cluster/substituted.ts')
      const cluster = await fitCluster({ ...(context !== undefined && { context }), allowedContexts })
      return substituted(cluster, images)
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

/** `simulator`, or `kubeconfig:my-context`; undefined if there is no such cluster. */
export function clusterNamed(name: string): NamedCluster | undefined {
  const [, kind = '', argument] = /^([^:]*)(?::(.*))?$/s.exec(name) ?? []
  const backend = Object.hasOwn(CLUSTERS, kind) ? CLUSTERS[kind] : undefined
  if (!backend || (argument !== undefined && !backend.argument)) return undefined
  const { abandon, isPerTest } = backend
  return { isPerTest, open: (options) => backend.open(options, argument), abandon }
}
