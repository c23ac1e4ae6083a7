// What may be done with a kind through its main door.

import type { Kind, Verb } from '../store/kind.ts'

const ALL: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]

export function verbsOf({ verbs = ALL }: Pick<Kind, 'verbs'>): readonly Verb[] {
  return verbs
}
