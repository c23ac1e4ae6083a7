// expectService(name): sentences about a Service and what stands behind it.

import { currentSession } from './current.ts'
import { objectClaims } from './expect-object.ts'
import type { ObjectClaims } from './expect-object.ts'
import type { Claim } from './sentence.ts'
import { toHaveEndpoints } from './service/to-have-endpoints.ts'
import { Subject, literal } from './subject.ts'
import type { Within } from './subject.ts'

export interface ServiceClaims extends ObjectClaims {
  /** So many ready addresses stand behind it. */
  toHaveEndpoints(count: number, options?: Within): Claim
}

/** Begins a sentence about the Service of that name in the namespace of the running test. */
export function expectService(name: string): ServiceClaims {
  const service = new Subject(currentSession(), { kind: 'Service', name }, `expectService(${literal(name)})`)
  return {
    ...objectClaims(service),
    toHaveEndpoints: (count, options) => toHaveEndpoints(service, count, options),
  }
}
