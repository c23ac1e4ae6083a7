// The kind RoleBinding.

import type { V1RoleBinding } from '@kubernetes/client-node'
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

export type RoleBinding = Stored<V1RoleBinding>

export const roleBinding: Kind<RoleBinding> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  namespaced: true,
  nameRule: 'path-segment',

  defaults: bindingDefaults,
  validate: (object) => bindingMistakes(object, true),
  validateUpdate: (object, old) => [...bindingMistakes(object, true), ...roleRefMistakes(object, old)],
  columns: BINDING_COLUMNS,
  cells: (object, atMs) =>
    bindingCells(object.metadata.name ?? '', object, age(object.metadata.creationTimestamp, atMs)),
}
