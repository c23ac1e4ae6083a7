// What podproof proves about Pods when it is run on itself.

import { defineConfig } from './src/index.ts'

export default defineConfig({
  cluster: 'simulator',
  specs: ['specs/lifecycle/**/*.spec.ts'],
})
