// What there is to say about a probe that has not succeeded.

import type { Finding } from './cause.ts'
import { eventsSoFar, lastRun } from './moment.ts'
import type { Moment } from './moment.ts'
import { oneLine, seconds, times } from './wording.ts'

/** The last output of the failing probe, and how often it failed since the container started. */
export function probeFinding(moment: Moment, container: string, probe: 'readiness' | 'startup'): Finding {
  const run = lastRun(moment, container)
  const sinceMs = run?.started.atMs ?? 0
  const failures = eventsSoFar(moment, container).filter(
    ({ reason, message, atMs }) =>
      reason === 'Unhealthy' && message.toLowerCase().startsWith(probe) && atMs >= sinceMs,
  )
  const output = failures.at(-1)
  const next = `correct the ${probe} probe of ${container}, or what it asks`
  if (output)
    return { because: `${oneLine(output.message).replace(/:$/, '')} (${times(failures.length)})`, next }
  const { initialDelaySeconds = 0 } =
    (probe === 'startup' ? run?.container.startupProbe : run?.container.readinessProbe) ?? {}
  const elapsed = seconds(moment.atMs - sinceMs)
  return {
    because: `the ${probe} probe of ${container} has not run yet (${elapsed} after the start, initialDelaySeconds ${initialDelaySeconds})`,
  }
}
