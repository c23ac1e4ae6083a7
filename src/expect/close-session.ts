// Ends a test: every sentence was said to its end, and nothing of the test is left on the cluster.

import { isSuccess, statusOf, StatusError } from '../cluster/status-error.ts'
import type { Begun } from './sentence.ts'
import type { Session } from './session.ts'

/** Sentences that a test began and left: a claim that is never awaited proves nothing. */
export class UnfinishedSentences extends Error {
  readonly texts: readonly string[]

  constructor(sentences: readonly Begun[]) {
    super(
      sentences.map((sentence) => `${sentence.text} ${sentence.problem}; write "await" before it`).join('\n'),
    )
    this.name = 'UnfinishedSentences'
    this.texts = sentences.map(({ text }) => text)
    const [first] = sentences
    if (first) this.stack = `${this.name}: ${this.message}\n${first.stack}`
  }
}

/**
 * Stops watching and removes the namespace. Throws UnfinishedSentences if the test left some: whoever runs the tests lets it
 * fail with that, unless it has failed already.
 */
export async function closeSession(session: Session): Promise<void> {
  const unfinished = [...session.begun].filter(({ problem }) => problem !== undefined)
  session.stop()
  const path = `/api/v1/namespaces/${session.namespace}`
  const response = await session.request('DELETE', path)
  if (!isSuccess(response) && response.status !== 404)
    throw new StatusError(`deleting namespace ${session.namespace}`, statusOf(response))
  if (unfinished.length > 0) throw new UnfinishedSentences(unfinished)
}
