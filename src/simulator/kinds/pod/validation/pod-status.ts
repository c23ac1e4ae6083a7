// What the status of a Pod may become.

import type { V1ContainerStatus, V1PodCondition } from '@kubernetes/client-node'
import type { Json, PodSpec } from '../../../../pod/json.ts'
import { allContainers } from '../../../../pod/containers.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid } from '../../../store/field-error.ts'
import { labelKey, optionalSubdomain } from '../../field-checks.ts'
import { ipMistakes } from '../../ip.ts'
import type { Pod } from '../pod.ts'

type FieldErrors = readonly FieldError[]
type Statuses = readonly Json<V1ContainerStatus>[]

/** Source: pkg/apis/core/validation/validation.go:ValidatePodStatusUpdate. */
export function podStatusMistakes(pod: Pod, old: Pod): FieldErrors {
  const status = pod.status ?? {}
  const before = old.status ?? {}
  const spec = old.spec ?? { containers: [] }
  return [
    ...conditionsMistakes('status.conditions', status.conditions, before.conditions),
    ...(status.observedGeneration !== undefined && status.observedGeneration < 0
      ? [invalid('status.observedGeneration', status.observedGeneration, 'must be a non-negative integer')]
      : []),
    ...optionalSubdomain('status.nominatedNodeName', status.nominatedNodeName),
    ...(before.qosClass && status.qosClass !== before.qosClass
      ? [invalid('status.qosClass', status.qosClass ?? '', 'field is immutable')]
      : []),
    ...revivals('status.containerStatuses', status.containerStatuses, before.containerStatuses, spec),
    ...revivals(
      'status.initContainerStatuses',
      status.initContainerStatuses,
      before.initContainerStatuses,
      spec,
    ),
    ...addressesMistakes(pod),
  ]
}

type Conditions = readonly Json<V1PodCondition>[]

/** The path of the type is spelled with a capital there, and here. What was there before has been looked at. */
function conditionsMistakes(
  path: FieldPath,
  conditions: Conditions = [],
  before: Conditions = [],
): FieldErrors {
  return conditions.flatMap((condition, index) =>
    before.includes(condition) ? [] : labelKey(`${path}[${index}].Type`, condition.type),
  )
}

/** What has ended, and may not be restarted, stays ended. Source: the same file:ValidateContainerStateTransition. */
function revivals(
  path: FieldPath,
  statuses: Statuses = [],
  before: Statuses = [],
  spec: PodSpec,
): FieldErrors {
  return before.flatMap((old, index) => {
    const { terminated } = old.state ?? {}
    const now = statuses.find(({ name }) => name === old.name)
    if (!terminated || !now || now.state?.terminated || mayRestart(old.name, terminated.exitCode, spec))
      return []
    return [forbidden(`${path}[${index}].state`, 'may not be transitioned to non-terminated state')]
  })
}

function mayRestart(name: string, exitCode: number, spec: PodSpec): boolean {
  const all = allContainers(spec).map(({ container }) => container)
  const own = all.find((container) => container.name === name)
  const policy = own?.restartPolicy ?? spec.restartPolicy
  const rules = all.flatMap(({ restartPolicyRules = [] }) => restartPolicyRules)
  return (
    policy === 'Always' ||
    (policy === 'OnFailure' && exitCode !== 0) ||
    (own?.restartPolicyRules?.length ?? 0) > 0 ||
    rules.some(({ action }) => action === 'RestartAllContainers')
  )
}

/** Source: the same file:validatePodIPs, validateHostIPs. */
function addressesMistakes({ status = {} }: Pod): FieldErrors {
  const { hostIP, hostIPs = [], podIPs = [] } = status
  const first = hostIPs[0]?.ip
  return [
    ...podIPs.flatMap(({ ip }, index) => ipMistakes(ip, `status.podIPs[${index}]`)),
    ...(first !== undefined && first !== hostIP
      ? [invalid('status.hostIPs[0].ip', first, 'must be equal to `hostIP`')]
      : []),
    ...hostIPs.flatMap(({ ip }, index) => ipMistakes(ip, `status.hostIPs[${index}].ip`)),
  ]
}
