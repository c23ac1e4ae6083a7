// Field numbers of the messages of policy/v1.

import type { Messages } from './messages.ts'

export const policy: Messages = {
  Eviction: 'metadata 1 meta/v1.ObjectMeta, deleteOptions 2 meta/v1.DeleteOptions?',
  PodDisruptionBudget: `
    metadata 1 meta/v1.ObjectMeta, spec 2 PodDisruptionBudgetSpec, status 3 Status`,
  PodDisruptionBudgetSpec: `
    minAvailable 1 IntOrString?, selector 2 meta/v1.LabelSelector?, maxUnavailable 3 IntOrString?,
    unhealthyPodEvictionPolicy 4 string?`,
}
