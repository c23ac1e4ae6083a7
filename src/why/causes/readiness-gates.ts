// Conditions that the Pod's readiness gates name are not True.

import { condition } from '../../pod/conditions.ts'
import type { Cause } from '../cause.ts'

export const readinessGates: Cause = {
  name: 'readiness-gates',
  steps: ['readinessGates'],
  find({ pod }) {
    const types = (pod.spec?.readinessGates ?? []).map(({ conditionType }) => conditionType)
    const open = types.filter((type) => condition(pod, type)?.status !== 'True')
    if (open.length === 0) return undefined
    return {
      because: `its containers are ready, but the readiness gate ${open.join(', ')} is not True`,
      next: `whoever owns the gate sets the condition in the Pod's status`,
    }
  },
}
