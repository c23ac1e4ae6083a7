// The kind Pod: what the API server does when one is created, changed, deleted or listed.

import type { V1Pod } from '@kubernetes/client-node'
import { podRow } from '../../../pod/row.ts'
import type { Kind } from '../../store/kind.ts'
import type { Stored } from '../../store/object.ts'
import { notSupportedField } from '../selectable-fields.ts'
import { bindingDoor } from './binding.ts'
import { podColumns, podRowConditions } from './pod-columns.ts'
import { podSpecDefaults } from './pod-defaults.ts'
import { podDeletion } from './pod-deletion.ts'
import { beginPod } from './pod-creation.ts'
import { podFields } from './pod-fields.ts'
import { ephemeralContainersDoor } from './ephemeral-containers-door.ts'
import { evictionDoor } from './eviction.ts'
import { statusDoor } from './status-door.ts'
import { podUpdateMistakes } from './validation/pod-update.ts'
import { podMistakes } from './validation/pod.ts'
import { podWarnings } from './validation/warnings.ts'
import { podStatusDefaults } from './pod-status-defaults.ts'
import { copyWith } from '../../store/copy-with.ts'

export type Pod = Stored<V1Pod>

export const pod: Kind<Pod> = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  defaults(object) {
    const spec = podSpecDefaults(object.spec ?? { containers: [] })
    const status = object.status && podStatusDefaults(object.status)
    if (spec === object.spec && status === object.status) return object
    return copyWith(object, status ? { spec, status } : { spec })
  },
  prepareForCreate: beginPod,
  validate: podMistakes,
  validateUpdate: podUpdateMistakes,
  warnings: podWarnings,

  deletion: podDeletion,
  subresources: [
    bindingDoor,
    { name: 'ephemeralcontainers', verbs: ['get', 'patch', 'update'], update: ephemeralContainersDoor },
    evictionDoor,
    { name: 'status', verbs: ['get', 'patch', 'update'], update: statusDoor },
  ],

  ...podFields,
  unknownField: notSupportedField,
  columns: podColumns,
  cells: podRow,
  rowConditions: podRowConditions,
}
