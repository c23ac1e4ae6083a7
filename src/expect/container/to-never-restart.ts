// container('c').toNeverRestart(): in the whole life of the Pod so far, and as long as it is watched, RESTARTS stays 0.

import type { Subject } from '../subject.ts'
import type { Watching } from '../watching.ts'
import { neverClaim } from './never.ts'

export function toNeverRestart(pod: Subject, container: string): Watching {
  return neverClaim(pod, {
    kind: 'toNeverRestart',
    container,
    expected: 'never to restart',
    broken: ({ restartCount }) => (restartCount === 0 ? undefined : `had restarted (${restartCount})`),
  })
}
