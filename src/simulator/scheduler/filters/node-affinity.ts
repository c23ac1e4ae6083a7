// A Pod may name the labels of the nodes on which it can run.

import { matchesNodeAffinity, namesDemanded } from '../../../pod/node-selection.ts'
import type { FilterPlugin } from '../plugin.ts'

/** Source: plugins/nodeaffinity/node_affinity.go. */
export const nodeAffinity: FilterPlugin = {
  name: 'NodeAffinity',
  prepare(pod) {
    const { nodeSelector, affinity } = pod.spec ?? {}
    const isFree = !nodeSelector && !affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    if (isFree) return undefined
    return {
      kind: 'filter',
      names: namesDemanded(pod),
      refuse: ({ node }) =>
        matchesNodeAffinity(pod, node)
          ? undefined
          : { reasons: ["node(s) didn't match Pod's node affinity/selector"], isFinal: true },
    }
  },
  isHelpedBy: (change, pod) =>
    (change.kind === 'node-added' || (change.kind === 'node-updated' && change.aspects.has('labels'))) &&
    matchesNodeAffinity(pod, change.node.node),
}
