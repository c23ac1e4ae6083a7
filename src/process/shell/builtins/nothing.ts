// `:`, true and false.

import type { Builtin } from '../builtin.ts'

export const nothing: readonly Builtin[] = [
  { name: ':', isSpecial: true, run: () => 0 },
  { name: 'false', run: () => 1 },
  { name: 'true', run: () => 0 },
]
