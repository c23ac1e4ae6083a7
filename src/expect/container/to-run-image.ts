// container('c').toRunImage('busybox:1.28'): the container runs, and of this image.

import { podOf } from '../../history/rows.ts'
import { containerStatus } from '../../pod/containers.ts'
import { expectedText, until } from '../pod/until.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { received, statusIn } from './container.ts'

/** The status names the image as the runtime does: a name without a registry is `docker.io/library/...` there. */
export function toRunImage(pod: Subject, container: string, image: string, options?: Within): Claim {
  return pod.claim({
    kind: 'toRunImage',
    args: options ? [image, options] : [image],
    within: options?.within,
    judge: async (trial) => {
      const outcome = await until(trial, (change) => {
        const status = statusIn(trial, change, container)
        return status?.state?.running !== undefined && isNamed(status.image, image)
      })
      if (outcome.is === 'found') return { change: outcome.change }
      const last = trial.last && podOf(trial.last)
      const shown = last && containerStatus(last, container)?.image
      throw trial.fail({
        expected: expectedText(trial, `${container} to run ${image}`, outcome),
        received: `${received(trial, container)}${shown ? `, of ${shown}` : ''}`,
      })
    },
  })
}

function isNamed(shown: string, image: string): boolean {
  return shown === image || shown.endsWith(`/${image}`)
}
