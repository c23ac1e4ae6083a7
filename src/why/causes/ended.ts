// The Pod has reached its end: nothing will be started in it any more.

import type { Cause } from '../cause.ts'
import { placedContainers } from '../container-run.ts'
import { lastExit } from '../exits.ts'
import { oneLine } from '../wording.ts'

export const ended: Cause = {
  name: 'ended',
  steps: ['ended', 'kubeletSync'],
  isGeneral: true,
  find(moment) {
    const { pod, facts } = moment
    const { phase, reason, message } = pod.status ?? {}
    if (moment.isGone) return { because: `the Pod was deleted` }
    if (phase !== 'Succeeded' && phase !== 'Failed') return undefined
    if (reason)
      return { because: `the Pod ended as ${phase} (${reason})${message ? `: ${oneLine(message)}` : ''}` }
    const exits = placedContainers(pod).flatMap(({ container }) => {
      const exit = lastExit(moment, container.name)
      return exit ? [`${container.name} exited with code ${exit.exitCode}`] : []
    })
    const policy = pod.spec?.restartPolicy ?? 'Always'
    return {
      because: `the Pod ended as ${phase}: ${exits.join(', ') || 'no container ran'}; restartPolicy ${policy} starts nothing again`,
      next: `kubectl logs ${facts.record.name} --all-containers`,
    }
  },
}
