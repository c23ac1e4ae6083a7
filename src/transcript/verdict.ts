// What became of each command of a page: it holds, it differs, or it was not run, and why.

import type { Difference } from './compare/output.ts'
import type { CommandStep, SourceLine } from './page.ts'

export type Verdict = 'differs' | 'holds' | 'not run'

/**
 * Why an output differs, as far as that can be told: other words of another version, an instant that the replay could not
 * meet, something that the page needs and does not give, or a sentence that is not true.
 */
export type LikelyReason = 'false claim' | 'missing prerequisite' | 'timing' | 'version drift'

/** The verdict on one command. */
export interface CommandVerdict {
  readonly step: CommandStep
  readonly verdict: Verdict
  /** Why it was not run, or what makes it differ, in a sentence. */
  readonly reason: string | undefined
  readonly likely: LikelyReason | undefined
  readonly differences: readonly Difference[]
  /** What was printed; undefined when it was not run. */
  readonly seen: readonly string[] | undefined
  /** Versions of Kubernetes or kubectl whose other words were met; the claim itself holds. */
  readonly drift: readonly string[]
  /** Cluster time at which it was typed, and how long it took. */
  readonly atMs: number | undefined
  readonly tookMs: number | undefined
}

/** A page that contradicts itself, or a sentence of ours that failed: a finding that belongs to no single output. */
export interface PageFinding {
  readonly lines: readonly SourceLine[]
  readonly message: string
}

/** Everything that was found out about one page. */
export interface PageVerdict {
  readonly path: string
  readonly commands: readonly CommandVerdict[]
  readonly findings: readonly PageFinding[]
}

/** How often each verdict was given. */
export interface VerdictCounts {
  readonly holds: number
  readonly differs: number
  readonly notRun: number
  readonly drift: number
  readonly findings: number
}

export function countVerdicts({ commands, findings }: PageVerdict): VerdictCounts {
  const count = (verdict: Verdict) => commands.filter((command) => command.verdict === verdict).length
  return {
    holds: count('holds'),
    differs: count('differs'),
    notRun: count('not run'),
    drift: commands.filter(({ drift }) => drift.length > 0).length,
    findings: findings.length,
  }
}

/** Whether the page says anything that is not so. */
export function isTrue(page: PageVerdict): boolean {
  const { differs, findings } = countVerdicts(page)
  return differs === 0 && findings === 0
}
