// expectObject(kind, name): sentences about objects of any kind.

import { currentSession } from './current.ts'
import { toBeDeleted } from './object/to-be-deleted.ts'
import { toExist } from './object/to-exist.ts'
import { toMatch } from './object/to-match.ts'
import type { PartialObject } from './object/to-match.ts'
import type { Claim } from './sentence.ts'
import { Subject, literal } from './subject.ts'
import type { Within } from './subject.ts'

/** What can be claimed of any object. It is watched from the first claim about its kind on, or from an action on it. */
export interface ObjectClaims {
  toBeDeleted(options?: Within): Claim
  toExist(options?: Within): Claim
  /** It has these fields, among others: `{ status: { phase: 'Running' } }`. */
  toMatch(wanted: PartialObject, options?: Within): Claim
}

/** Begins a sentence about the object of that kind (`ConfigMap`) and name in the namespace of the running test. */
export function expectObject(kind: string, name: string): ObjectClaims {
  const written = `expectObject(${literal(kind)}, ${literal(name)})`
  const object = new Subject(currentSession(), { kind, name }, written)
  return objectClaims(object)
}

export function objectClaims(object: Subject): ObjectClaims {
  return {
    toBeDeleted: (options) => toBeDeleted(object, options),
    toExist: (options) => toExist(object, options),
    toMatch: (wanted, options) => toMatch(object, wanted, options),
  }
}
