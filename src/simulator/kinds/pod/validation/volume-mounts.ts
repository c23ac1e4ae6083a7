// Where a container may see the volumes of its Pod.

import type { V1VolumeDevice, V1VolumeMount } from '@kubernetes/client-node'
import type { Container, EphemeralContainer, Json } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid, notFound, required } from '../../../store/field-error.ts'
import { descendingPath, oneOf, optionalOneOf } from '../../field-checks.ts'

type Mount = Json<V1VolumeMount>

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None']
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible']

/** Source: pkg/apis/core/validation/validation.go:ValidateVolumeMounts. Some paths have no index there, and none here. */
export function volumeMountsMistakes(
  path: FieldPath,
  container: Container | EphemeralContainer,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  const mounts = container.volumeMounts ?? []
  return mounts.flatMap((mount, index) => [
    ...placeMistakes(`${path}[${index}]`, mount, mounts.slice(0, index), volumes),
    ...(mount.subPath ? descendingPath(`${path}.subPath`, mount.subPath) : []),
    ...(mount.subPath && mount.subPathExpr
      ? [
          invalid(
            `${path}[${index}].subPathExpr`,
            mount.subPathExpr,
            'subPathExpr and subPath are mutually exclusive',
          ),
        ]
      : []),
    ...(mount.subPathExpr ? descendingPath(`${path}.subPathExpr`, mount.subPathExpr) : []),
    ...propagationMistakes(`${path}.mountPropagation`, mount, container.securityContext?.privileged ?? false),
    ...recursiveMistakes(`${path}.recursiveReadOnly`, mount),
  ])
}

/** Source: the same file:ValidateVolumeDevices. */
export function volumeDevicesMistakes(
  path: FieldPath,
  devices: readonly Json<V1VolumeDevice>[],
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  return devices.flatMap(({ name, devicePath }, index) => {
    const at = `${path}[${index}]`
    const isRepeated = devices.findIndex((other) => other.devicePath === devicePath) < index
    return [
      ...nameMistakes(`${at}.name`, name, volumes),
      ...(devicePath ? [] : [required(`${at}.devicePath`)]),
      ...(devicePath && isRepeated ? [invalid(`${at}.devicePath`, devicePath, 'must be unique')] : []),
    ]
  })
}

function placeMistakes(
  path: FieldPath,
  { name, mountPath }: Mount,
  before: readonly Mount[],
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  const isRepeated = before.some((other) => other.mountPath === mountPath)
  return [
    ...nameMistakes(`${path}.name`, name, volumes),
    ...(mountPath ? [] : [required(`${path}.mountPath`)]),
    ...(isRepeated ? [invalid(`${path}.mountPath`, mountPath, 'must be unique')] : []),
  ]
}

function nameMistakes(
  path: FieldPath,
  name: string | undefined,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  return [
    ...(name ? [] : [required(path)]),
    ...(name !== undefined && volumes.has(name) ? [] : [notFound(path, name ?? '')]),
  ]
}

function propagationMistakes(
  path: FieldPath,
  { mountPropagation }: Mount,
  isPrivileged: boolean,
): readonly FieldError[] {
  const mistakes = optionalOneOf(path, mountPropagation, PROPAGATIONS)
  if (mountPropagation !== 'Bidirectional' || isPrivileged) return mistakes
  return [forbidden(path, 'Bidirectional mount propagation is available only to privileged containers')]
}

function recursiveMistakes(path: FieldPath, mount: Mount): readonly FieldError[] {
  const { mountPropagation = 'None', readOnly, recursiveReadOnly } = mount
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return []
  const unknown = oneOf(path, recursiveReadOnly, RECURSIVE)
  if (unknown.length > 0) return unknown
  return [
    ...(readOnly ? [] : [forbidden(path, 'may only be specified when readOnly is true')]),
    ...(mountPropagation === 'None'
      ? []
      : [forbidden(path, 'may only be specified when mountPropagation is None or not specified')]),
  ]
}
