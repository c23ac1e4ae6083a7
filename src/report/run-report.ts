// What a run has to report: plain data, the same for every output, and all of it in cluster time.

import type { Source } from '../why/mark.ts'
import type { StepName } from '../why/step.ts'

/** A whole run, as it is written to report.json. Its instants are milliseconds after the start of their test. */
export interface RunReport {
  readonly format: 'podproof.report/v1'
  readonly cluster: ReportedCluster
  /** What everything that chance decides was drawn from; undefined on a real cluster. */
  readonly seed?: string
  readonly tests: readonly TestReport[]
}

export interface ReportedCluster {
  /** `simulator`, `k3s`, `kubeconfig:<context>` */
  readonly name: string
  readonly version: string
}

/** One test and the claims that it made. */
export interface TestReport {
  /** The spec's file, relative to the project, with slashes. */
  readonly file: string
  /** The titles of its suites, then its own. */
  readonly title: readonly string[]
  readonly state: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped. */
  readonly reason?: string
  /** What made it fail, as the reader is told. */
  readonly failure?: string
  /** Cluster time at which it began, ISO 8601; undefined for a test that touched no cluster. */
  readonly startedAt?: string
  readonly claims: readonly ClaimReport[]
  /** What took time: durations that were claimed, then those that were only observed. */
  readonly durations: readonly DurationReport[]
}

export interface ClaimReport {
  /** As it was written: `expectPod('myapp-pod').toShowStatus('Running')`. */
  readonly text: string
  readonly held: boolean
  /** When it was asked, and when it was decided. */
  readonly askedAt: number
  readonly at: number
}

/** One duration with its critical path. */
export interface DurationReport {
  /** `delete vito-demo-po-nginx` */
  readonly label: string
  readonly pod: string
  readonly from: number
  readonly to: number
  readonly ms: number
  readonly claimed: boolean
  /** Whether the claim held; true for a duration that was only observed. */
  readonly held: boolean
  readonly atLeastMs?: number
  readonly atMostMs?: number
  /** What the claim says the time was spent on. */
  readonly cause?: string
  /** They follow each other without gaps and add up to `ms`. */
  readonly segments: readonly SegmentReport[]
}

export interface SegmentReport {
  readonly step: StepName
  readonly container?: string
  /** The step in words: `preStop (nginx)`. */
  readonly label: string
  readonly from: number
  readonly to: number
  readonly ms: number
  /** Where its end is known from, and the bounds that its duration has by that: equal to `ms` where it is exact. */
  readonly source: Source
  readonly leastMs: number
  readonly mostMs: number
}
