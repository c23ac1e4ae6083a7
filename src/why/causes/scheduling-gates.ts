// The Pod carries scheduling gates: no scheduler looks at it until they are removed.

import type { Cause } from '../cause.ts'

export const schedulingGates: Cause = {
  name: 'scheduling-gates',
  steps: ['schedulingGates'],
  find({ pod }) {
    const names = (pod.spec?.schedulingGates ?? []).map(({ name }) => name)
    return {
      because: `the scheduling gates ${names.join(', ')} keep it from the scheduler`,
      next: 'remove them from spec.schedulingGates',
    }
  },
}
