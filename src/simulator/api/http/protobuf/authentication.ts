// Field numbers of the messages of authentication/v1.

import type { Messages } from './messages.ts'

export const authentication: Messages = {
  BoundObjectReference: 'kind 1 string, apiVersion 2 string, name 3 string, uID 4 string',
  SelfSubjectReview: 'metadata 1 meta/v1.ObjectMeta, status 2 Status',
  TokenRequest: 'metadata 1 meta/v1.ObjectMeta, spec 2 TokenRequestSpec, status 3 Status',
  TokenRequestSpec: `
    audiences 1 string[], boundObjectRef 3 BoundObjectReference?, expirationSeconds 4 int?`,
}
