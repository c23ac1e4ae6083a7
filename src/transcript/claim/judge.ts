// Judges a sentence of ours that stands on a page, with the words that specs have.

import { closest } from '../../cluster/closest.ts'
import { enterSession } from '../../expect/current.ts'
import { expectNode } from '../../expect/expect-node.ts'
import { expectObject } from '../../expect/expect-object.ts'
import { expectPod } from '../../expect/expect-pod.ts'
import { expectService } from '../../expect/expect-service.ts'
import { ClaimFailure } from '../../expect/failure.ts'
import type { Session } from '../../expect/session.ts'
import { ClaimSyntaxError } from './literal.ts'
import { parseClaim, type Part } from './parse.ts'

/** The words with which a claim on a page may begin. `expectApply` is none of them: it reads files of the host. */
const BEGINNINGS: Readonly<Record<string, unknown>> = { expectNode, expectObject, expectPod, expectService }

/** Why the claim does not stand: it is not so, or cannot be read; undefined when it holds. */
export async function judgeClaim(source: string, session: Session): Promise<string | undefined> {
  const before = enterSession(session)
  try {
    const claim = said(parseClaim(source))
    if (!isAwaitable(claim)) return `${source.trim()} says nothing: a claim must follow it`
    await claim
    return undefined
  } catch (error) {
    if (error instanceof ClaimSyntaxError) return `${source.trim()} cannot be read: ${error.message}`
    if (error instanceof ClaimFailure || error instanceof UnknownWord) return error.message
    // A sentence given what it does not take: `toStay()` without a status.
    if (error instanceof Error) return `${source.trim()} cannot be said: ${error.message}`
    throw error
  } finally {
    enterSession(before)
  }
}

/** A word that no sentence has at that place. */
class UnknownWord extends Error {
  constructor(word: string, known: readonly string[]) {
    const meant = closest(word, known)
    const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean "${meant}"?`
    super(`no sentence has the word "${word}"; ${hint}`)
  }
}

/** Says the parts one after the other: each is looked up in what the one before has given. */
function said(parts: readonly Part[]): unknown {
  let subject: unknown = BEGINNINGS
  for (const { name, args } of parts) {
    const known = wordsOf(subject)
    if (!known.includes(name)) throw new UnknownWord(name, known)
    const word: unknown = Reflect.get(subject as object, name)
    if (typeof word !== 'function') {
      if (args !== undefined) throw new ClaimSyntaxError(`"${name}" takes no arguments`)
      subject = word
    } else {
      if (args === undefined) throw new ClaimSyntaxError(`"${name}" needs its arguments in parentheses`)
      subject = Reflect.apply(word, subject, args)
    }
  }
  return subject
}

/** The words that may follow: what an object has of its own, or by a class of ours. Promises have none. */
function wordsOf(subject: unknown): string[] {
  const words = new Set<string>()
  for (
    let holder: unknown = subject;
    typeof holder === 'object' && holder !== null && holder !== Object.prototype;
    holder = Reflect.getPrototypeOf(holder)
  )
    for (const key of Object.keys(Object.getOwnPropertyDescriptors(holder))) words.add(key)
  return [...words].filter((word) => !NO_WORDS.has(word)).toSorted()
}

/** What every object and every claim has, which is no word of a sentence. */
const NO_WORDS = new Set(['catch', 'constructor', 'finally', 'problem', 'stack', 'text', 'then'])

function isAwaitable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
