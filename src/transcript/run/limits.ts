// When a replay gives up.

/** In cluster time unless said otherwise. */
export interface Limits {
  /** One command that the page shows to the end. */
  readonly commandMs: number
  /** How long an output that is not there yet is waited for, when the page says nothing of time. */
  readonly patienceMs: number
  /** The whole page, on the wall. */
  readonly pageWallMs: number
}

export const DEFAULT_LIMITS: Limits = { commandMs: 3_600_000, patienceMs: 60_000, pageWallMs: 120_000 }
