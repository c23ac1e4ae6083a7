// expectObject('Pod', 'web').toMatch({ status: { phase: 'Running' } }): the object has these fields, among others.

import type { KubeObject } from '../../cluster/cluster.ts'
import { matches } from '../matches.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject, Within } from '../subject.ts'
import { isPresent, observe } from './present.ts'

/** A part of an object: fields that are not named do not matter, a pattern stands for a text, a list is compared item by item. */
export interface PartialObject {
  readonly [field: string]: unknown
}

export function toMatch(object: Subject, wanted: PartialObject, options?: Within): Claim {
  return object.claim({
    kind: 'toMatch',
    args: options ? [wanted, options] : [wanted],
    within: options?.within,
    judge: async (trial) => {
      await observe(trial)
      const change = await trial.follow((candidate) =>
        isPresent(candidate) && differences(candidate.object, wanted).length === 0 ? candidate : undefined,
      )
      if (change) return { change }
      const { last } = trial
      throw trial.fail({
        expected: `${literal(wanted)} within ${trial.patience}`,
        received: last ? differences(last.object, wanted).join('\n') : `no ${trial.about.kind} of that name`,
      })
    },
  })
}

/** Every field that is not as wanted, with its path and what is there. */
export function differences(object: KubeObject, wanted: PartialObject): readonly string[] {
  return [...differencesAt('', object, wanted)]
}

function* differencesAt(path: string, actual: unknown, wanted: unknown): Generator<string> {
  if (wanted instanceof RegExp) {
    if (typeof actual !== 'string' || !matches(actual, wanted)) yield `${path} is ${literal(actual)}`
  } else if (typeof wanted !== 'object' || wanted === null) {
    if (actual !== wanted) yield `${path} is ${literal(actual)}`
  } else if (typeof actual !== 'object' || actual === null) {
    yield `${path} is ${literal(actual)}`
  } else {
    if (Array.isArray(wanted) && Array.isArray(actual) && actual.length !== wanted.length)
      yield `${path} has ${actual.length} items`
    for (const [key, value] of Object.entries(wanted)) {
      const place = Array.isArray(wanted) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
      yield* differencesAt(place, Reflect.get(actual, key), value)
    }
  }
}
