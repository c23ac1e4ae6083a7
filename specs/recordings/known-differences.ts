// Where the simulator is known to differ from a recording, and by which mechanism. docs/fidelity.md tells the same to people.

import type { Part } from './judge.ts'

export interface KnownDifference {
  readonly parts: readonly Part[]
  readonly mechanism: string
}

/** By the name of the recording. An entry that no longer differs fails the spec. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, KnownDifference>> = {
  'crashloop-5': {
    parts: ['timing'],
    mechanism:
      'from the fourth restart on the back-off is longer than the 60 s after which the kubelet looks again, times 1 to 1.5 by ' +
      'chance: how much of it is shown as Error and how much as CrashLoopBackOff is drawn anew each time (0.4 to 19 s in the ' +
      'three recorded runs)',
  },
}
