// Skipping with a reason, which the report tells.

import type { Context } from 'mocha'
import { note } from './journal.ts'
import { testKey } from './test-key.ts'

/** Skips the running test: `skipBecause(this, 'this cluster gives no access to its nodes')`. */
export function skipBecause(context: Context, reason: string): never {
  if (context.test) note('skip', testKey(context.test), reason)
  return context.skip()
}
