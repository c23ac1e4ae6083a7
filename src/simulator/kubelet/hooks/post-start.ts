// The postStart hook: the sync waits for it, and a failure ends the container.

import type { KubeletParts } from '../parts.ts'
import type { Work } from '../work.ts'
import type { HookInput } from '../running-container.ts'
import { runHandler } from './run-handler.ts'

/** Why the hook failed; nothing without a hook or when it went well. */
export function* runPostStart(parts: KubeletParts, input: HookInput): Work<string | undefined> {
  const handler = input.container.lifecycle?.postStart
  return handler && (yield* runHandler(parts, handler, input))
}
