// What the API server decides when a Pod is created.

import type { Container, PodSpec, PodStatus } from '../../../pod/json.ts'
import { qosClass } from '../../../pod/qos-class.ts'
import type { Context } from '../../store/kind.ts'
import { timestamp } from '../../store/object.ts'
import { mapShared, replace, without } from '../defaulting.ts'
import type { Pod } from './pod.ts'
import { copyWith } from '../../store/copy-with.ts'

/** Source: pkg/registry/core/pod/strategy.go:PrepareForCreate. */
export function beginPod(pod: Pod, { atMs }: Context): Pod {
  const spec = withoutDisabledFields(pod.spec ?? { containers: [] })
  return copyWith(pod, { spec, status: initialStatus(spec, atMs) })
}

function initialStatus(spec: PodSpec, atMs: number): PodStatus {
  return { phase: 'Pending', ...gatedCondition(spec, atMs), qosClass: qosClass(spec) }
}

function gatedCondition(spec: PodSpec, atMs: number): PodStatus {
  if (!spec.schedulingGates?.length) return {}
  return {
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null as unknown as string,
        lastTransitionTime: timestamp(atMs),
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      },
    ],
  }
}

/** The feature ContainerStopSignals is off in 1.36: its field is dropped without a word. */
function withoutDisabledFields(spec: PodSpec): PodSpec {
  const withoutStopSignal = (container: Container): Container => {
    if (container.lifecycle?.stopSignal === undefined) return container
    const lifecycle = without(container.lifecycle, 'stopSignal')
    const rest = without(container, 'lifecycle') as Container
    return Object.keys(lifecycle).length === 0 ? rest : { ...rest, lifecycle }
  }
  return replace(spec, {
    containers: mapShared(spec.containers, withoutStopSignal),
    initContainers: spec.initContainers && mapShared(spec.initContainers, withoutStopSignal),
  })
}
