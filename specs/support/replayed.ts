// Sessions over recordings: the sentences of a spec, judged by what a real cluster did.

import { existsSync, readFileSync } from 'node:fs'
import { enterSession } from '../../src/expect/current.ts'
import { Session } from '../../src/expect/session.ts'
import { readRecording } from '../../src/history/recording.ts'
import { replayCluster } from './replay-cluster.ts'

const RECORDINGS = '../shared/recordings'

/** Whether the recordings of the real cluster lie beside the repository. */
export const hasRecordings = existsSync(RECORDINGS)

/** Enters a session in which the recording of that name begins to happen once somebody waits. */
export function replay(name: string): Session {
  return replayOf(JSON.parse(readFileSync(`${RECORDINGS}/${name}.json`, 'utf8')))
}

/** The same for a recording that was read already. */
export function replayOf(recording: unknown): Session {
  const history = readRecording(recording)
  const { name, cluster, namespace } = history.facts
  const session = new Session(replayCluster(history), { title: name, cluster, namespace, timeoutMs: 60_000 })
  enterSession(session)
  return session
}

/** The failure with which a claim fails; an Error if it holds. */
export async function failureOf(claim: PromiseLike<unknown>): Promise<Error> {
  try {
    await claim
  } catch (error) {
    return error as Error
  }
  throw new Error('the claim holds')
}
