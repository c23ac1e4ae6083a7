// "Who am I?" (`kubectl auth whoami`): the one user there is.

import { timestamp } from '../../store/object.ts'
import type { CreateOnly } from '../create-only.ts'

/** The user of every request: what a client certificate of an administrator names. */
export const USER = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
} as const

export const selfSubjectReview: CreateOnly = {
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  singular: 'selfsubjectreview',
  namespaced: false,
  verbs: ['create'],
  answer(question, { registry }) {
    const creationTimestamp = timestamp(registry.context().atMs)
    return { ...question, metadata: { creationTimestamp }, status: { userInfo: USER } }
  },
}
