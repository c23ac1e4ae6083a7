// RuntimeClass: a Pod that asks for a runtime gets its overhead and goes where the runtime is.

import { forbiddenError } from '../../store/api-error.ts'
import type { AdmissionRequest } from '../../store/admission.ts'
import { replace } from '../defaulting.ts'
import type { Pod } from '../pod/pod.ts'
import type { RuntimeClass } from '../runtime-class.ts'
import { podAdmission } from './pod-admission.ts'

/** Source: plugin/pkg/admission/runtimeclass/admission.go. */
export const runtimeClassAdmission = podAdmission('RuntimeClass', ['CREATE'], (pod, request) => {
  const name = pod.spec?.runtimeClassName
  if (!pod.spec || !name) {
    if (pod.spec?.overhead)
      refuse(pod, request, 'Pod Overhead set without corresponding RuntimeClass defined Overhead')
    return pod
  }
  const found = request.context.store.get('runtimeclasses.node.k8s.io', { name }) as RuntimeClass | undefined
  if (!found) return refuse(pod, request, `RuntimeClass ${JSON.stringify(name)} not found`)
  const { overhead, scheduling } = found
  return {
    ...pod,
    spec: replace(pod.spec, {
      overhead: overhead?.podFixed,
      nodeSelector: scheduling?.nodeSelector && mergedSelector(pod, request, scheduling.nodeSelector),
      tolerations: scheduling?.tolerations && [...(pod.spec.tolerations ?? []), ...scheduling.tolerations],
    }),
  }
})

function mergedSelector(
  pod: Pod,
  request: AdmissionRequest,
  selector: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = pod.spec?.nodeSelector ?? {}
  const clash = Object.keys(selector).find((key) => key in own && own[key] !== selector[key])
  if (clash !== undefined)
    refuse(
      pod,
      request,
      `conflict: runtimeClass.scheduling.nodeSelector[${clash}] = ${selector[clash]}; pod.spec.nodeSelector[${clash}] = ${own[clash]}`,
    )
  return { ...own, ...selector }
}

function refuse({ metadata }: Pod, { kind }: AdmissionRequest, why: string): never {
  throw forbiddenError(kind, metadata.name ?? '', `pod rejected: ${why}`)
}
