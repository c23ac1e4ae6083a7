// A cordoned node takes no new Pods, but for those that tolerate it.

import { isTolerated } from '../../../pod/tolerations.ts'
import type { FilterPlugin } from '../plugin.ts'

const UNSCHEDULABLE = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

/** Source: plugins/nodeunschedulable/node_unschedulable.go. */
export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  prepare(pod) {
    if (isTolerated(UNSCHEDULABLE, pod.spec?.tolerations)) return undefined
    return {
      kind: 'filter',
      refuse: ({ node }) =>
        node.spec?.unschedulable ? { reasons: ['node(s) were unschedulable'], isFinal: true } : undefined,
    }
  },
  isHelpedBy: (change) =>
    change.kind === 'node-added' ||
    (change.kind === 'node-updated' && (change.aspects.has('unschedulable') || change.aspects.has('taints'))),
}
