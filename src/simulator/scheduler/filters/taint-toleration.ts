// A tainted node takes only Pods that tolerate its taints.

import { isTolerated } from '../../../pod/tolerations.ts'
import type { FilterPlugin } from '../plugin.ts'

/** Source: plugins/tainttoleration/taint_toleration.go. The taint itself is no longer named (since 1.35). */
export const taintToleration: FilterPlugin = {
  name: 'TaintToleration',
  prepare: (pod) => ({
    kind: 'filter',
    refuse({ node }) {
      const taints = node.spec?.taints ?? []
      const keepsAway = taints.some(
        (taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, pod.spec?.tolerations),
      )
      return keepsAway ? { reasons: ['node(s) had untolerated taint(s)'], isFinal: true } : undefined
    },
  }),
  isHelpedBy: (change) =>
    change.kind === 'node-added' || (change.kind === 'node-updated' && change.aspects.has('taints')),
}
