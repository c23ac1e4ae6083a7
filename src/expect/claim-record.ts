// What became of one claim: the line that a report prints of it.

import type { ClaimFailure } from './failure.ts'

/** A claim that was judged. Instants are cluster time. */
export interface ClaimRecord {
  /** The sentence: `toShowStatus`, `toBeDeleted`... */
  readonly kind: string
  /** The claim as it was written: `expectPod('myapp-pod').toShowStatus('Running')`. */
  readonly text: string
  readonly about: ObjectReference
  /** When somebody began to wait for it. */
  readonly askedAtMs: number
  /** When it held (the instant of the change, of the line, of the end of a period), or when it was known to fail. */
  readonly atMs: number
  readonly held: boolean
  /** What the claim says about a duration, with what was measured. */
  readonly duration?: ClaimedDuration
  readonly failure?: ClaimFailure
}

export interface ObjectReference {
  readonly kind: string
  readonly name: string
}

/** A duration that was claimed: every one becomes a line of the timing report. */
export interface ClaimedDuration {
  /** What took so long: `delete vito-demo-po-nginx`. */
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
  readonly atLeastMs?: number
  readonly atMostMs?: number
  /** What was claimed to be the reason, as `because` takes it: `preStop`. */
  readonly cause?: string
}
