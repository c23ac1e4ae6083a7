// Field numbers of the messages of authorization/v1.

import type { Messages } from './messages.ts'

export const authorization: Messages = {
  ExtraValue: 'items 1 string[]',
  FieldSelectorAttributes: 'rawSelector 1 string, requirements 2 meta/v1.FieldSelectorRequirement[]',
  LabelSelectorAttributes: 'rawSelector 1 string, requirements 2 meta/v1.LabelSelectorRequirement[]',
  LocalSubjectAccessReview: `
    metadata 1 meta/v1.ObjectMeta, spec 2 SubjectAccessReviewSpec, status 3 Status`,
  NonResourceAttributes: 'path 1 string, verb 2 string',
  ResourceAttributes: `
    namespace 1 string, verb 2 string, group 3 string, version 4 string, resource 5 string,
    subresource 6 string, name 7 string, fieldSelector 8 FieldSelectorAttributes?,
    labelSelector 9 LabelSelectorAttributes?`,
  SelfSubjectAccessReview: `
    metadata 1 meta/v1.ObjectMeta, spec 2 SelfSubjectAccessReviewSpec, status 3 Status`,
  SelfSubjectAccessReviewSpec: `
    resourceAttributes 1 ResourceAttributes?, nonResourceAttributes 2 NonResourceAttributes?`,
  SelfSubjectRulesReview: `
    metadata 1 meta/v1.ObjectMeta, spec 2 SelfSubjectRulesReviewSpec, status 3 Status`,
  SelfSubjectRulesReviewSpec: 'namespace 1 string',
  SubjectAccessReview: `
    metadata 1 meta/v1.ObjectMeta, spec 2 SubjectAccessReviewSpec, status 3 Status`,
  SubjectAccessReviewSpec: `
    resourceAttributes 1 ResourceAttributes?, nonResourceAttributes 2 NonResourceAttributes?, user 3 string,
    groups 4 string[], extra 5 map ExtraValue, uid 6 string`,
}
