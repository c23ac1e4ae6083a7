// What of a Pod may change once it exists.

import type { Container, PodSpec } from '../../../../pod/json.ts'
import { isEqual } from '../../../store/equality.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid, required } from '../../../store/field-error.ts'
import { replace, without } from '../../defaulting.ts'
import type { Pod } from '../pod.ts'
import { specDifference } from '../spec-difference.ts'
import { gatedMistakes, onlyDeletedGates } from './gated-update.ts'
import { annotationsMistakes, imageMistakes } from './pod.ts'
import { podSpecMistakes } from './pod-spec.ts'

type FieldErrors = readonly FieldError[]

const CHANGEABLE =
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** Source: pkg/apis/core/validation/validation.go:ValidatePodUpdate. */
export function podUpdateMistakes(pod: Pod, old: Pod): FieldErrors {
  const spec = pod.spec ?? { containers: [] }
  const before = old.spec ?? { containers: [] }
  if (isEqual(spec, before)) return annotationsMistakes(pod)
  const general = [...annotationsMistakes(pod), ...podSpecMistakes('spec', spec), ...imageMistakes(pod)]
  const counts = countMistakes(spec, before)
  if (counts.length > 0) return [...general, ...counts]
  const images = changedImageMistakes(spec)
  const deadline = deadlineMistakes(spec, before)
  if (images.length + deadline.length > 0) return [...general, ...images, ...deadline]
  return [
    ...general,
    ...onlyAddedTolerations(spec, before),
    ...onlyDeletedGates(spec, before),
    ...gatedMistakes(spec, before),
    ...otherChanges(spec, before),
  ]
}

/** Source: the same file:ValidateContainerUpdates. */
function countMistakes(spec: PodSpec, before: PodSpec): FieldErrors {
  const changed = (['containers', 'initContainers'] as const).find(
    (list) => (spec[list]?.length ?? 0) !== (before[list]?.length ?? 0),
  )
  return changed ? [forbidden(`spec.${changed}`, 'pod updates may not add or remove containers')] : []
}

/** The image is looked at a second time, as on a real server: its mistakes are told twice. */
function changedImageMistakes(spec: PodSpec): FieldErrors {
  const each = (path: FieldPath, list: readonly Container[]) =>
    list.flatMap(({ image = '' }, index) => {
      const at = `${path}[${index}].image`
      if (image === '') return [required(at)]
      return image === image.trim()
        ? []
        : [invalid(at, image, 'must not have leading or trailing whitespace')]
    })
  return [
    ...each('spec.containers', spec.containers),
    ...each('spec.initContainers', spec.initContainers ?? []),
  ]
}

/** A deadline may come, and come nearer; it may not go. */
function deadlineMistakes(
  { activeDeadlineSeconds: after }: PodSpec,
  { activeDeadlineSeconds: before }: PodSpec,
): FieldErrors {
  const path = 'spec.activeDeadlineSeconds'
  if (before === undefined || after === before) return []
  if (after === undefined)
    return [invalid(path, null, 'must not update from a positive integer to nil value')]
  return after > before ? [invalid(path, after, 'must be less than or equal to previous value')] : []
}

/** Source: the same file:ValidateOnlyAddedTolerations. */
function onlyAddedTolerations(
  { tolerations = [] }: PodSpec,
  { tolerations: before = [] }: PodSpec,
): FieldErrors {
  const timeless = tolerations.map((toleration) => without(toleration, 'tolerationSeconds'))
  const isKept = before.every((old) =>
    timeless.some((toleration) => isEqual(toleration, without(old, 'tolerationSeconds'))),
  )
  const detail = 'existing toleration can not be modified except its tolerationSeconds'
  return isKept ? [] : [forbidden('spec.tolerations', detail)]
}

/** Everything else must be as it was. The text shows what is not, as a difference of Go's own structures. */
function otherChanges(spec: PodSpec, before: PodSpec): FieldErrors {
  const munged = withChangeable(spec, before)
  if (isEqual(munged, before)) return []
  return [
    forbidden(
      'spec',
      `pod updates may not change fields other than ${CHANGEABLE}\n${specDifference(before, munged)}`,
    ),
  ]
}

/** The new spec with the old values of everything that may change. */
function withChangeable(spec: PodSpec, before: PodSpec): PodSpec {
  const images = (list: readonly Container[], old: readonly Container[] | undefined) =>
    list.map((container, index) => replace(container, { image: old?.[index]?.image }))
  const isGated = (before.schedulingGates?.length ?? 0) > 0
  const restored = withFields(spec, before, [
    'activeDeadlineSeconds',
    'schedulingGates',
    'tolerations',
    ...(isGated ? (['affinity', 'nodeSelector'] as const) : []),
    ...(wasNegative(before) && spec.terminationGracePeriodSeconds === 1
      ? (['terminationGracePeriodSeconds'] as const)
      : []),
  ])
  return {
    ...restored,
    containers: images(spec.containers, before.containers),
    ...(spec.initContainers && { initContainers: images(spec.initContainers, before.initContainers) }),
  }
}

function wasNegative({ terminationGracePeriodSeconds: seconds }: PodSpec): boolean {
  return seconds !== undefined && seconds < 0
}

function withFields(spec: PodSpec, before: PodSpec, names: readonly (keyof PodSpec)[]): PodSpec {
  const kept = Object.fromEntries(
    names.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])),
  )
  return { ...(without(spec, ...names) as PodSpec), ...kept }
}
