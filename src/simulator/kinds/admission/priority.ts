// Priority: the class that a Pod names becomes a number.

import type { AdmissionRequest } from '../../store/admission.ts'
import { forbiddenError } from '../../store/api-error.ts'
import type { Context } from '../../store/kind.ts'
import { replace } from '../defaulting.ts'
import type { Pod } from '../pod/pod.ts'
import type { PriorityClass } from '../priority-class.ts'
import { systemPriorityClasses } from '../priority-class.ts'
import { podAdmission } from './pod-admission.ts'
import { copyWith } from '../../store/copy-with.ts'

const CLASSES = 'priorityclasses.scheduling.k8s.io'
interface Priority {
  readonly className?: string | undefined
  readonly value: number
  readonly preemptionPolicy: string
}

/** Source: plugin/pkg/admission/priority/admission.go. */
export const priority = podAdmission('Priority', ['CREATE', 'UPDATE'], (pod, request) => {
  if (!pod.spec) return pod
  if (request.operation === 'UPDATE') return withPriorityOf(request.old as Pod, pod)
  const computed = priorityOf(pod, request)
  refuseOther(pod, computed, request)
  const { className, value, preemptionPolicy } = computed
  const spec = replace(pod.spec, { priorityClassName: className, priority: value, preemptionPolicy })
  return copyWith(pod, { spec })
})

/** An update that leaves the number out means the one that was computed. */
function withPriorityOf(old: Pod, pod: Pod): Pod {
  if (!pod.spec || pod.spec.priority !== undefined || old.spec?.priority === undefined) return pod
  const preemptionPolicy = pod.spec.preemptionPolicy ?? old.spec.preemptionPolicy
  return copyWith(pod, { spec: replace(pod.spec, { priority: old.spec.priority, preemptionPolicy }) })
}

function priorityOf({ metadata, spec }: Pod, { kind, context }: AdmissionRequest): Priority {
  const name = spec?.priorityClassName
  if (!name) return defaultPriority(context)
  const stored = context.store.get(CLASSES, { name }) as PriorityClass | undefined
  const found = stored ?? systemPriorityClasses.find((system) => system.metadata.name === name)
  if (!found) throw forbiddenError(kind, metadata.name ?? '', `no PriorityClass with name ${name} was found`)
  return {
    className: name,
    value: found.value,
    preemptionPolicy: found.preemptionPolicy ?? 'PreemptLowerPriority',
  }
}

/** That of the class which says of itself that it is the default; of several the lowest. */
function defaultPriority({ store }: Context): Priority {
  const classes = (store.list(CLASSES) as readonly PriorityClass[]).filter(
    ({ globalDefault }) => globalDefault,
  )
  const lowest = classes.toSorted((a, b) => a.value - b.value)[0]
  if (!lowest) return { value: 0, preemptionPolicy: 'PreemptLowerPriority' }
  return {
    className: lowest.metadata.name,
    value: lowest.value,
    preemptionPolicy: lowest.preemptionPolicy ?? 'PreemptLowerPriority',
  }
}

function refuseOther({ metadata, spec }: Pod, computed: Priority, { kind }: AdmissionRequest): void {
  const refuse = (what: string, given: string | number, right: string | number): never => {
    const why = `the ${what} (${given}) must not be provided in pod spec; priority admission controller computed ${right} from the given PriorityClass name`
    throw forbiddenError(kind, metadata.name ?? '', why)
  }
  if (spec?.priority !== undefined && spec.priority !== computed.value)
    refuse('integer value of priority', spec.priority, computed.value)
  if (spec?.preemptionPolicy && spec.preemptionPolicy !== computed.preemptionPolicy)
    refuse('string value of PreemptionPolicy', spec.preemptionPolicy, computed.preemptionPolicy)
}
