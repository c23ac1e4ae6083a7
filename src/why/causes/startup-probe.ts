// A startup probe has not succeeded yet; the other probes wait for it.

import type { Cause } from '../cause.ts'
import { probeFinding } from '../probe-finding.ts'

export const startupProbe: Cause = {
  name: 'startup-probe',
  steps: ['startupProbe'],
  find: (moment, { container = '' }) => probeFinding(moment, container, 'startup'),
}
