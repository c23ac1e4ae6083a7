// What one run of a probe came to.

/** `warning` succeeds, and says why it should not; `error` means that the probe could not be run, and counts as nothing. */
export interface ProbeOutcome {
  readonly is: 'success' | 'warning' | 'failure' | 'error'
  readonly output: string
}

/** The three probes of a container. */
export type ProbeType = 'startup' | 'readiness' | 'liveness'
