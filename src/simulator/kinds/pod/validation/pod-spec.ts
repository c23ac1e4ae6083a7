// What the spec of a Pod may look like, in a Pod of its own or in a template.

import type { PodSpec } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { invalid, required } from '../../../store/field-error.ts'
import { labelErrors } from '../../../store/object-meta.ts'
import { nonNegative, oneOf, optionalOneOf, optionalSubdomain } from '../../field-checks.ts'
import { affinityMistakes } from './affinity.ts'
import { containersMistakes, ephemeralContainersMistakes, initContainersMistakes } from './containers.ts'
import { dnsConfigMistakes, hostAliasesMistakes, hostNamesMistakes } from './host-names.ts'
import { operatingSystemMistakes } from './operating-system.ts'
import { podResourcesMistakes, resourceClaimsMistakes } from './pod-resources.ts'
import { amountsMistakes, containerResourceNameMistakes } from './resources.ts'
import {
  readinessGatesMistakes,
  schedulingGatesMistakes,
  tolerationsMistakes,
  topologySpreadMistakes,
} from './scheduling.ts'
import { podSecurityContextMistakes } from './security-context.ts'
import { volumesMistakes } from './volumes.ts'

type FieldErrors = readonly FieldError[]

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const PREEMPTION_POLICIES = ['Never', 'PreemptLowerPriority']
const MAX_SECONDS = 2_147_483_647

/** Source: pkg/apis/core/validation/validation.go:ValidatePodSpec, in its order. */
export function podSpecMistakes(path: FieldPath, spec: PodSpec): FieldErrors {
  const claims = (spec.resourceClaims ?? []).map(({ name }) => name)
  return [
    ...volumesMistakes(`${path}.volumes`, spec.volumes ?? []),
    ...resourceClaimsMistakes(`${path}.resourceClaims`, spec.resourceClaims ?? []),
    ...containersMistakes(`${path}.containers`, spec),
    ...initContainersMistakes(`${path}.initContainers`, spec),
    ...ephemeralContainersMistakes(`${path}.ephemeralContainers`, spec),
    ...podResourcesMistakes(`${path}.resources`, spec, claims),
    ...hostNetworkMistakes(path, spec),
    ...oneOf(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...labelErrors(spec.nodeSelector, `${path}.nodeSelector`),
    ...podSecurityContextMistakes(`${path}.securityContext`, spec.securityContext ?? {}, spec),
    ...(spec.affinity ? affinityMistakes(`${path}.affinity`, spec.affinity) : []),
    ...dnsConfigMistakes(`${path}.dnsConfig`, spec.dnsConfig, spec.dnsPolicy),
    ...readinessGatesMistakes(`${path}.readinessGates`, spec.readinessGates ?? []),
    ...schedulingGatesMistakes(`${path}.schedulingGates`, spec.schedulingGates ?? []),
    ...topologySpreadMistakes(`${path}.topologySpreadConstraints`, spec.topologySpreadConstraints ?? []),
    ...optionalSubdomain(`${path}.serviceAccountName`, spec.serviceAccountName),
    ...optionalSubdomain(`${path}.nodeName`, spec.nodeName),
    ...activeDeadlineMistakes(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...nonNegative(`${path}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds),
    ...hostNamesMistakes(path, spec),
    ...tolerationsMistakes(`${path}.tolerations`, spec.tolerations ?? []),
    ...hostAliasesMistakes(`${path}.hostAliases`, spec.hostAliases ?? []),
    ...optionalSubdomain(`${path}.priorityClassName`, spec.priorityClassName),
    ...optionalSubdomain(`${path}.runtimeClassName`, spec.runtimeClassName),
    ...optionalOneOf(`${path}.preemptionPolicy`, spec.preemptionPolicy, PREEMPTION_POLICIES),
    ...(spec.overhead
      ? amountsMistakes(`${path}.overhead`, { limits: spec.overhead }, containerResourceNameMistakes)
      : []),
    ...operatingSystemMistakes(path, spec),
    ...(spec.schedulerName === '' ? [required(`${path}.schedulerName`)] : []),
  ]
}

/** Source: the same file:validateHostNetwork. */
function hostNetworkMistakes(path: FieldPath, spec: PodSpec): FieldErrors {
  if (!spec.hostNetwork) return []
  const why = 'must match `hostPort` when `hostNetwork` is true'
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ ports = [] }, index) =>
      ports.flatMap(({ containerPort, hostPort }, i) =>
        containerPort === hostPort
          ? []
          : [invalid(`${path}.${list}[${index}].ports[${i}].containerPort`, containerPort, why)],
      ),
    ),
  )
}

function activeDeadlineMistakes(path: FieldPath, seconds: number | undefined): FieldErrors {
  if (seconds === undefined || (seconds >= 1 && seconds <= MAX_SECONDS)) return []
  return [invalid(path, seconds, `must be between 1 and ${MAX_SECONDS}, inclusive`)]
}
