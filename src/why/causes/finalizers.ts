// The Pod is deleted and stopped, but finalizers keep its object.

import type { Cause } from '../cause.ts'

export const finalizers: Cause = {
  name: 'finalizers',
  steps: ['finalizers'],
  find({ pod, facts }) {
    const names = pod.metadata?.finalizers ?? []
    return {
      because: `its containers are gone, but the object stays until ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} removed`,
      next: `whoever set it removes it; by hand: kubectl patch pod ${facts.record.name} -p '{"metadata":{"finalizers":null}}'`,
    }
  },
}
