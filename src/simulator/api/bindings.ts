// POST /bindings: the old door of pods/binding, which names its Pod in the body.

import { noSuchResource } from '../store/api-error.ts'
import { resourceOf } from '../store/kind.ts'
import type { CreateOnly } from './create-only.ts'

export const bindings: CreateOnly = {
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  singular: 'binding',
  namespaced: true,
  verbs: ['create'],
  answer(binding, { registry, kinds, namespace, dryRun, fieldManager }) {
    const kind = kinds.find((candidate) => resourceOf(candidate) === 'pods')
    const door = kind?.subresources?.find(({ name }) => name === 'binding')
    if (!kind || !door?.create) throw noSuchResource()
    const ref = { namespace, name: binding.metadata.name ?? '' }
    const context = registry.context({ dryRun, fieldManager })
    return door.create({ registry, kind, ref, body: binding, context, dryRun, fieldManager })
  },
}
