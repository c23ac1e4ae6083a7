// The questions that the API server answers, sorted by kind.

import { bindings } from './bindings.ts'
import type { CreateOnly } from './create-only.ts'
import {
  localSubjectAccessReview,
  selfSubjectAccessReview,
  subjectAccessReview,
} from './reviews/access-review.ts'
import { selfSubjectReview } from './reviews/self-subject-review.ts'
import { selfSubjectRulesReview } from './reviews/self-subject-rules-review.ts'
import { tokenReview } from './reviews/token-review.ts'

export const createOnlyKinds: readonly CreateOnly[] = [
  bindings,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  tokenReview,
]
