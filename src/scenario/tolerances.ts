// By how much two runs of one scenario may differ.

/** By how much two runs of one scenario may differ before it counts. */
export interface Tolerances {
  /** Intervals are alike within so much, or within this share of the longer one. */
  readonly intervalMs: number
  readonly intervalShare: number
  /** What showed for less than this, or in the last so many milliseconds, may be missing from the other. */
  readonly flickerMs: number
  /** Events with one of these texts do not count: they tell who was first, or what a node had before. */
  readonly chanceEvents: readonly string[]
  /** Whether objects are compared field by field, and what containers wrote line by line. */
  readonly fields: boolean
  readonly logs: boolean
}

/** Of two recordings, which were made by the same steps at the same times. */
export const OF_RECORDINGS: Tolerances = {
  intervalMs: 2_000,
  intervalShare: 1 / 3,
  flickerMs: 0,
  chanceEvents: [],
  fields: true,
  logs: false,
}

/**
 * Of the same specs on two clusters. A kubelet looks at its runtime once a second and may merge what happened in between, so a row of
 * less than that may be seen on one cluster only (pkg/kubelet/pleg/generic.go: relist period); the end of a test is no
 * instant of the cluster. Objects differ by what each cluster adds to them.
 */
export const OF_TWINS: Tolerances = {
  intervalMs: 2_000,
  intervalShare: 1 / 3,
  flickerMs: 1_500,
  // A kubelet may be quicker than the root-ca-cert-publisher of a new namespace; an image may lie on a node already, or not.
  chanceEvents: ['configmap "kube-root-ca.crt" not found', 'Normal Pulled:', 'Normal Pulling:'],
  fields: false,
  logs: true,
}
