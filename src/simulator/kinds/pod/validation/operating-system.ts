// What a Pod may say of the system that it runs on.

import type { PodSpec } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, notSupported, required } from '../../../store/field-error.ts'

const SYSTEMS = ['linux', 'windows']
/** What only Linux has, of the Pod, of its security context, and of those of its containers. */
const OF_LINUX = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const
const OF_LINUX_PODS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
] as const
const OF_LINUX_CONTAINERS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const

/** Source: pkg/apis/core/validation/validation.go:validateOS, validateWindows. */
export function operatingSystemMistakes(path: FieldPath, spec: PodSpec): readonly FieldError[] {
  if (!spec.os) return []
  const { name } = spec.os
  if (!name) return [required(`${path}.os.name`)]
  if (!SYSTEMS.includes(name)) return [notSupported(`${path}.os`, name, SYSTEMS)]
  return name === 'windows' ? windowsMistakes(path, spec) : []
}

function windowsMistakes(path: FieldPath, spec: PodSpec): readonly FieldError[] {
  const at = `${path}.securityContext`
  return [
    ...given(spec, OF_LINUX, path),
    ...given(spec.securityContext ?? {}, OF_LINUX_PODS, at),
    ...(['containers', 'initContainers'] as const).flatMap((list) =>
      (spec[list] ?? []).flatMap(({ securityContext = {} }, index) =>
        given(securityContext, OF_LINUX_CONTAINERS, `${path}.${list}[${index}].securityContext`),
      ),
    ),
  ]
}

function given<T extends object>(
  object: T,
  fields: readonly (keyof T & string)[],
  path: FieldPath,
): FieldError[] {
  return fields
    .filter((field) => object[field] !== undefined)
    .map((field) => forbidden(`${path}.${field}`, 'cannot be set for a windows pod'))
}
