// Turns the session of a test into its entry in the journal: offsets from the start of the test, no instants of the host.

import type { ClaimRecord } from '../expect/claim-record.ts'
import type { Session } from '../expect/session.ts'
import { claimedDuration, observedDurations } from '../report/duration-report.ts'
import type { ClaimReport } from '../report/run-report.ts'
import type { JournalEntry } from './journal.ts'

export function testEntry({ claims, history }: Session): JournalEntry {
  const { startedAtMs, cluster } = history.facts
  const claimed = claims.flatMap(({ duration, about, held }) =>
    duration ? [claimedDuration(history, about.name, duration, held)] : [],
  )
  const labels = new Set(claimed.map(({ label }) => label))
  return {
    cluster: { name: cluster.kind, version: cluster.version },
    startedAt: new Date(startedAtMs).toISOString(),
    claims: claims.map((claim) => claimReport(claim, startedAtMs)),
    durations: [...claimed, ...observedDurations(history).filter(({ label }) => !labels.has(label))],
  }
}

function claimReport({ text, held, askedAtMs, atMs }: ClaimRecord, startMs: number): ClaimReport {
  return { text, held, askedAt: askedAtMs - startMs, at: atMs - startMs }
}
