// expectApply(manifest).toBeRejected(/.../): the API server refuses what a manifest says.

import { isSuccess, statusOf } from '../cluster/status-error.ts'
import { plan, readAll, send } from './actions/apply.ts'
import type { Manifest } from './actions/apply.ts'
import { currentSession } from './current.ts'
import { matches } from './matches.ts'
import type { Claim } from './sentence.ts'
import { Subject, literal } from './subject.ts'

export interface ApplyClaims {
  /** The server refuses one of its objects, in these words. Nothing is created: it is asked in a dry run. */
  toBeRejected(message?: string | RegExp): Claim
}

/** Begins a sentence about applying a manifest. */
export function expectApply(manifest: Manifest): ApplyClaims {
  const written = typeof manifest === 'string' && manifest.includes('\n') ? '...' : literal(manifest)
  const subject = new Subject(
    currentSession(),
    { kind: 'Manifest', name: written },
    `expectApply(${written})`,
  )
  return {
    toBeRejected: (message) =>
      subject.claim({
        kind: 'toBeRejected',
        args: message === undefined ? [] : [message],
        judge: async (trial) => {
          const answers: string[] = []
          for (const document of await readAll(manifest)) {
            const planned = await plan(trial.session, document)
            const response = await send(trial.session, planned, { dryRun: 'All' })
            if (!isSuccess(response)) answers.push(statusOf(response).message)
          }
          if (answers.some((answer) => message === undefined || matches(answer, message)))
            return { atMs: trial.nowMs }
          throw trial.refute({
            expected: `the API server to refuse it${message === undefined ? '' : `: ${message}`}`,
            received: answers.length === 0 ? 'it was accepted' : answers.join('\n'),
            timeline: [],
          })
        },
      }),
  }
}
