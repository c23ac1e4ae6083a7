// The preStop hook: it runs before the stop signal, at most for the grace period.

import { type KubeletParts, podEvent } from '../parts.ts'
import { start, within, type Work } from '../work.ts'
import type { HookInput } from '../running-container.ts'
import { runHandler } from './run-handler.ts'

/**
 * Waits for the hook, or until the grace is used up; then the hook runs on while the container is stopped. Answers the
 * whole seconds that it took. Source: kuberuntime_container.go:executePreStopHook.
 */
export function* runPreStop(parts: KubeletParts, input: HookInput, graceSeconds: number): Work<number> {
  const handler = input.container.lifecycle?.preStop
  if (!handler || graceSeconds <= 0) return 0
  const { timers } = parts
  const { pod, container, list } = input
  const beganMs = timers.now()
  yield within(
    timers,
    graceSeconds * 1_000,
    (resume) =>
      start(runHandler(parts, handler, input), (failure) => {
        const about = { list, name: container.name }
        if (failure)
          podEvent(parts, pod, {
            type: 'Warning',
            reason: 'FailedPreStopHook',
            message: 'PreStopHook failed',
            container: about,
          })
        resume()
      }),
    () => {},
  )
  return Math.floor((timers.now() - beganMs) / 1_000)
}
