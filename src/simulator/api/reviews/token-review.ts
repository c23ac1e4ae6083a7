// "Whose token is this?": tokens are not checked by this server, and it says so.

import type { CreateOnly } from '../create-only.ts'

export const tokenReview: CreateOnly = {
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  plural: 'tokenreviews',
  singular: 'tokenreview',
  namespaced: false,
  verbs: ['create'],
  answer: (question) => ({
    ...question,
    status: { authenticated: false, user: {}, error: 'podproof does not model the authentication of tokens' },
  }),
}
