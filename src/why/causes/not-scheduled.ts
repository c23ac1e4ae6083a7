// No scheduler has looked at the Pod at all.

import type { Cause } from '../cause.ts'

export const notScheduled: Cause = {
  name: 'not-scheduled',
  steps: ['scheduling'],
  isGeneral: true,
  find({ pod }) {
    const name = pod.spec?.schedulerName ?? 'default-scheduler'
    return {
      because: `no scheduler has given the Pod a node (schedulerName ${name})`,
      next: `check that a scheduler called ${name} runs`,
    }
  },
}
