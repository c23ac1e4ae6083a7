// What the containers of a Pod may look like: the regular ones, those of the beginning, and those of a debugger.

import type { Container, EphemeralContainer, PodSpec } from '../../../../pod/json.ts'
import { isSidecar } from '../../../../pod/containers.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, forbidden, notFound, required } from '../../../store/field-error.ts'
import { labelName, oneOf } from '../../field-checks.ts'
import { environmentMistakes, environmentSourcesMistakes } from './environment.ts'
import { lifecycleMistakes, livenessMistakes, readinessMistakes } from './handlers.ts'
import { hostPortConflicts, portsMistakes } from './ports.ts'
import { resizePolicyMistakes, resourcesMistakes } from './resources.ts'
import { restartPolicyMistakes } from './restart-policy.ts'
import { securityContextMistakes } from './security-context.ts'
import { volumeDevicesMistakes, volumeMountsMistakes } from './volume-mounts.ts'

type AnyContainer = Container | EphemeralContainer
type FieldErrors = readonly FieldError[]

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File']
const HANDLERS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const
/** In the order in which Go's struct has them. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const

/** Source: pkg/apis/core/validation/validation.go:validateContainers. */
export function containersMistakes(path: FieldPath, spec: PodSpec): FieldErrors {
  const containers = spec.containers ?? []
  if (containers.length === 0) return [required(path)]
  return [
    ...containers.flatMap((container, index) => {
      const at = `${path}[${index}]`
      return [
        ...commonMistakes(at, container, spec),
        ...takenName(at, container.name, containers.slice(0, index)),
        ...handlersMistakes(at, container, spec),
        ...restartPolicyMistakes(at, container, false),
      ]
    }),
    ...hostPortConflicts(path, containers),
  ]
}

/** Source: the same file:validateInitContainers. */
export function initContainersMistakes(path: FieldPath, spec: PodSpec): FieldErrors {
  const containers = spec.initContainers ?? []
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    const why = 'may not be set for init containers without restartPolicy=Always'
    return [
      ...commonMistakes(at, container, spec),
      ...takenName(at, container.name, [...spec.containers, ...containers.slice(0, index)]),
      // Init containers run one by one: their ports clash with nobody's.
      ...hostPortConflicts(path, [container]),
      ...restartPolicyMistakes(at, container, true),
      ...(isSidecar(container)
        ? handlersMistakes(at, container, spec)
        : HANDLERS.filter((field) => container[field]).map((field) => forbidden(`${at}.${field}`, why))),
    ]
  })
}

/** Source: the same file:validateEphemeralContainers. */
export function ephemeralContainersMistakes(path: FieldPath, spec: PodSpec): FieldErrors {
  const containers = spec.ephemeralContainers ?? []
  const others: readonly AnyContainer[] = [...spec.containers, ...(spec.initContainers ?? [])]
  return containers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    const { targetContainerName: target } = container
    return [
      ...commonMistakes(at, container, spec),
      ...takenName(at, container.name, [...others, ...containers.slice(0, index)]),
      ...NOT_EPHEMERAL.filter((field) => isGiven(container[field])).map((field) =>
        forbidden(`${at}.${field}`, 'cannot be set for an Ephemeral Container'),
      ),
      ...subPathMistakes(at, container),
      ...(target && !others.some(({ name }) => name === target)
        ? [notFound(`${at}.targetContainerName`, target)]
        : []),
    ]
  })
}

/** Source: the same file:validateContainerCommon. */
function commonMistakes(path: FieldPath, container: AnyContainer, spec: PodSpec): FieldErrors {
  const volumes = new Set((spec.volumes ?? []).map(({ name }) => name))
  const claims = (spec.resourceClaims ?? []).map(({ name }) => name)
  return [
    ...labelName(`${path}.name`, container.name),
    ...(container.image ? [] : [required(`${path}.image`)]),
    ...oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, MESSAGE_POLICIES),
    ...portsMistakes(`${path}.ports`, container.ports ?? []),
    ...environmentMistakes(`${path}.env`, container.env ?? [], volumes),
    ...environmentSourcesMistakes(`${path}.envFrom`, container.envFrom ?? []),
    ...volumeMountsMistakes(`${path}.volumeMounts`, container, volumes),
    ...volumeDevicesMistakes(`${path}.volumeDevices`, container.volumeDevices ?? [], volumes),
    ...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...resourcesMistakes(`${path}.resources`, container.resources ?? {}, claims),
    ...resizePolicyMistakes(`${path}.resizePolicy`, container.resizePolicy ?? [], spec.restartPolicy),
    ...securityContextMistakes(
      `${path}.securityContext`,
      container.securityContext,
      spec.hostUsers !== false,
    ),
  ]
}

function handlersMistakes(path: FieldPath, container: Container, spec: PodSpec): FieldErrors {
  const grace = spec.terminationGracePeriodSeconds ?? 0
  return [
    ...lifecycleMistakes(`${path}.lifecycle`, container.lifecycle, grace),
    ...livenessMistakes(`${path}.livenessProbe`, container.livenessProbe),
    ...readinessMistakes(`${path}.readinessProbe`, container.readinessProbe),
    ...livenessMistakes(`${path}.startupProbe`, container.startupProbe),
  ]
}

function takenName(path: FieldPath, name: string, others: readonly AnyContainer[]): FieldErrors {
  return name && others.some((other) => other.name === name) ? [duplicate(`${path}.name`, name)] : []
}

/** An empty `resources: {}` is what the API server itself fills in. */
function isGiven(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined
}

function subPathMistakes(path: FieldPath, { volumeMounts = [] }: EphemeralContainer): FieldErrors {
  return volumeMounts.flatMap((mount, index) =>
    (['subPath', 'subPathExpr'] as const)
      .filter((field) => mount[field])
      .map((field) =>
        forbidden(`${path}.volumeMounts[${index}].${field}`, 'cannot be set for an Ephemeral Container'),
      ),
  )
}
