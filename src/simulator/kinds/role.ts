// The kind Role.

import type { V1Role } from '@kubernetes/client-node'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { replace } from './defaulting.ts'
import { rulesMistakes, rulesOrNull } from './rbac-rules.ts'

export type Role = Stored<V1Role>

export const role: Kind<Role> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  namespaced: true,
  nameRule: 'path-segment',

  defaults: (object) => replace(object, { rules: rulesOrNull(object.rules) }),
  validate: ({ rules }) => rulesMistakes(rules, true),
  validateUpdate: ({ rules }) => rulesMistakes(rules, true),
}
