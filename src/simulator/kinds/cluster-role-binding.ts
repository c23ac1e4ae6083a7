// The kind ClusterRoleBinding.

import type { V1ClusterRoleBinding } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import {
  BINDING_COLUMNS,
  bindingCells,
  bindingDefaults,
  bindingMistakes,
  roleRefMistakes,
} from './rbac-rules.ts'

export type ClusterRoleBinding = Stored<V1ClusterRoleBinding>

export const clusterRoleBinding: Kind<ClusterRoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  namespaced: false,
  nameRule: 'path-segment',

  defaults: bindingDefaults,
  validate: (object) => bindingMistakes(object, false),
  validateUpdate: (object, old) => [...bindingMistakes(object, false), ...roleRefMistakes(object, old)],
  columns: BINDING_COLUMNS,
  cells: (object, atMs) =>
    bindingCells(object.metadata.name ?? '', object, age(object.metadata.creationTimestamp, atMs)),
}
