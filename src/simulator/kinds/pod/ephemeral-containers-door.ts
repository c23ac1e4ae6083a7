// pods/ephemeralcontainers: how a debugger comes into a Pod that runs.

import type { EphemeralContainer } from '../../../pod/json.ts'
import { isEqual } from '../../store/equality.ts'
import type { FieldError } from '../../store/field-error.ts'
import { forbidden } from '../../store/field-error.ts'
import type { UpdateStrategy } from '../../store/kind.ts'
import { without } from '../defaulting.ts'
import type { Pod } from './pod.ts'
import { containerDifference } from './spec-difference.ts'
import { podSpecMistakes } from './validation/pod-spec.ts'

/** Source: pkg/registry/core/pod/strategy.go:podEphemeralContainersStrategy. */
export const ephemeralContainersDoor: UpdateStrategy<Pod> = {
  prepare(pod, old) {
    const { ephemeralContainers } = pod.spec ?? {}
    const spec = {
      ...(without(old.spec ?? { containers: [] }, 'ephemeralContainers') as NonNullable<Pod['spec']>),
    }
    const changed = { ...old, spec: { ...spec, ...(ephemeralContainers && { ephemeralContainers }) } }
    if (isEqual(changed.spec, old.spec)) return old
    const generation = (old.metadata.generation ?? 0) + 1
    const { managedFields } = pod.metadata
    return { ...changed, metadata: { ...old.metadata, ...(managedFields && { managedFields }), generation } }
  },
  validate: (pod, old) => [
    ...podSpecMistakes('spec', pod.spec ?? { containers: [] }),
    ...changes(pod.spec?.ephemeralContainers ?? [], old.spec?.ephemeralContainers ?? []),
  ],
}

/** What is in a Pod stays in it as it is. Source: validation.go:ValidatePodEphemeralContainersUpdate. */
function changes(
  containers: readonly EphemeralContainer[],
  before: readonly EphemeralContainer[],
): readonly FieldError[] {
  return before.flatMap((old) => {
    const now = containers.find(({ name }) => name === old.name)
    const subject = `existing ephemeral containers ${JSON.stringify(old.name)} may not be`
    if (!now) return [forbidden('spec.ephemeralContainers', `${subject} removed\n`)]
    if (isEqual(now, old)) return []
    return [forbidden('spec.ephemeralContainers', `${subject} changed\n${containerDifference(old, now)}`)]
  })
}
