// The cluster could not be reached, prepared or cleared: nothing is said about any claim by that.

/** Not a claim failed, but what it was to be judged on. */
export class EnvironmentFailure extends Error {
  /** Survives mocha's way between processes, which a class does not. */
  readonly code = 'PODPROOF_ENVIRONMENT'

  constructor(doing: string, cause: unknown) {
    super(`${doing} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'EnvironmentFailure'
  }
}

export function isEnvironmentFailure(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    (error as { code?: unknown }).code === 'PODPROOF_ENVIRONMENT'
  )
}
