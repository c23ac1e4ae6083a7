// A container ends again and again; the kubelet waits longer before each start.

import type { Cause } from '../cause.ts'
import { exitedTimes, lastExit } from '../exits.ts'
import { placedContainers } from '../container-run.ts'
import { times } from '../wording.ts'

export const crashLoop: Cause = {
  name: 'crash-loop',
  steps: ['restartBackOff'],
  isGeneral: true,
  find(moment, { container = '' }) {
    const placed = placedContainers(moment.pod).find((each) => each.container.name === container)
    const exit = lastExit(moment, container)
    if (!exit || placed?.role === 'init') return undefined
    const count = times(exitedTimes(moment, container))
    return {
      because: `${container} has exited ${count}, last with code ${exit.exitCode} (${exit.reason}), and waits to be started again`,
      next: `kubectl logs ${moment.facts.record.name} -c ${container} --previous`,
    }
  },
}
