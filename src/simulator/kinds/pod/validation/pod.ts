// What a new Pod may look like.

import type { FieldError } from '../../../store/field-error.ts'
import { forbidden, invalid } from '../../../store/field-error.ts'
import type { Pod } from '../pod.ts'
import { podSpecMistakes } from './pod-spec.ts'

type FieldErrors = readonly FieldError[]

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'

/** Source: pkg/apis/core/validation/validation.go:ValidatePodCreate. The metadata is looked at before, for every kind. */
export function podMistakes(pod: Pod): FieldErrors {
  const spec = pod.spec ?? { containers: [] }
  return [
    ...annotationsMistakes(pod),
    ...podSpecMistakes('spec', spec),
    ...imageMistakes(pod),
    ...(spec.ephemeralContainers?.length
      ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(spec.nodeName && spec.schedulingGates?.length
      ? [forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')]
      : []),
  ]
}

/** Source: the same file:ValidatePodSpecificAnnotations. */
export function annotationsMistakes({ metadata, spec }: Pod): FieldErrors {
  const names = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ name }) => name)
  return Object.entries(metadata.annotations ?? {}).flatMap(([key, value]) => {
    const at = `metadata.annotations[${key}]`
    if (key === DELETION_COST) return isInt32(value) ? [] : [invalid(at, value, 'must be a 32bit integer')]
    if (!key.startsWith(APP_ARMOR)) return []
    const name = key.slice(APP_ARMOR.length)
    return names.includes(name) ? [] : [invalid(at, name, 'container not found')]
  })
}

/** Templates may hold blanks around the name of an image, Pods may not. Source: the same file:validateContainersOnlyForPod. */
export function imageMistakes({ spec }: Pod): FieldErrors {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec?.[list] ?? []).flatMap(({ image = '' }, index) =>
      image === image.trim()
        ? []
        : [invalid(`spec.${list}[${index}].image`, image, 'must not have leading or trailing whitespace')],
    ),
  )
}

function isInt32(text: string): boolean {
  if (!/^-?(0|[1-9]\d*)$/.test(text)) return false
  return Math.abs(Number(text)) <= 2_147_483_647
}
