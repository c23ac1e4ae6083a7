// The kind ClusterRole.

import type { V1ClusterRole } from '@kubernetes/client-node'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { replace } from './defaulting.ts'
import { rulesMistakes, rulesOrNull } from './rbac-rules.ts'
import { selectorMistakes } from './selector-validation.ts'

export type ClusterRole = Stored<V1ClusterRole>

export const clusterRole: Kind<ClusterRole> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  namespaced: false,
  nameRule: 'path-segment',

  defaults: (object) => replace(object, { rules: rulesOrNull(object.rules) }),
  validate: mistakes,
  validateUpdate: mistakes,
}

function mistakes({ aggregationRule, rules }: ClusterRole): ReturnType<typeof rulesMistakes> {
  return [
    ...rulesMistakes(rules, false),
    ...(aggregationRule?.clusterRoleSelectors ?? []).flatMap((selector, index) =>
      selectorMistakes(`aggregationRule.clusterRoleSelectors[${index}]`, selector),
    ),
  ]
}
