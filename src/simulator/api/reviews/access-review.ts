// "May I do this?": in this cluster everybody may do everything.

import { invalidObject } from '../../store/api-error.ts'
import { invalid } from '../../store/field-error.ts'
import { apiVersionOf } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { CreateOnly } from '../create-only.ts'

const GROUP = { group: 'authorization.k8s.io', version: 'v1' } as const

export const localSubjectAccessReview = review('LocalSubjectAccessReview', true)
export const selfSubjectAccessReview = review('SelfSubjectAccessReview', false)
export const subjectAccessReview = review('SubjectAccessReview', false)

/** The simulator models no authorisation. A question about nothing is refused, as it should be. */
function review(kind: string, namespaced: boolean): CreateOnly {
  const singular = kind.toLowerCase()
  return {
    ...GROUP,
    kind,
    plural: `${singular}s`,
    singular,
    namespaced,
    verbs: ['create'],
    answer(question: KubeObject) {
      refuseAboutNothing(question)
      return { ...question, apiVersion: apiVersionOf(GROUP), kind, status: { allowed: true } }
    },
  }
}

/** The refusal does not name the kind (pkg/apis/authorization/validation/validation.go). */
function refuseAboutNothing({ spec }: KubeObject): void {
  const { resourceAttributes, nonResourceAttributes } = (spec ?? {}) as Readonly<Record<string, unknown>>
  if (Boolean(resourceAttributes) !== Boolean(nonResourceAttributes)) return
  const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
  throw invalidObject({ ...GROUP, kind: '' }, '', [invalid('spec.resourceAttributes', null, detail)])
}
