// What podproof proves about Pods when it is run on itself.

import type { PodproofConfig } from 'podproof'

export default {
  cluster: 'simulator',
  specs: ['specs/lifecycle/**/*.spec.ts'],
} satisfies PodproofConfig
