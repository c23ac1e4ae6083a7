// A readiness probe has not succeeded yet.

import type { Cause } from '../cause.ts'
import { probeFinding } from '../probe-finding.ts'

export const readinessProbe: Cause = {
  name: 'readiness-probe',
  steps: ['readinessProbe'],
  find: (moment, { container = '' }) => probeFinding(moment, container, 'readiness'),
}
