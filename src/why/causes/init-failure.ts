// An init container fails, so that what follows it never starts.

import type { Cause } from '../cause.ts'
import { placedContainers } from '../container-run.ts'
import { exitedTimes, lastExit } from '../exits.ts'
import type { Moment } from '../moment.ts'
import { times } from '../wording.ts'

export const initFailure: Cause = {
  name: 'init-failure',
  steps: ['restartBackOff', 'kubeletSync', 'ended'],
  find(moment) {
    const container = failedInit(moment)
    const exit = container === undefined ? undefined : lastExit(moment, container)
    if (container === undefined || !exit) return undefined
    const again =
      moment.pod.spec?.restartPolicy === 'Never'
        ? 'restartPolicy Never does not start it again'
        : 'it waits to be started again'
    return {
      because: `init container ${container} failed ${times(exitedTimes(moment, container))}, last with exit code ${exit.exitCode}; ${again}, and nothing after it starts`,
      next: `kubectl logs ${moment.facts.record.name} -c ${container}`,
    }
  },
}

/** The init container whose last instance has failed. */
function failedInit(moment: Moment): string | undefined {
  const failed = placedContainers(moment.pod).find(
    ({ container, role }) => role === 'init' && (lastExit(moment, container.name)?.exitCode ?? 0) !== 0,
  )
  return failed?.container.name
}
