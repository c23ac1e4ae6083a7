// On which nodes a DaemonSet runs, and what its Pod on one of them looks like. Pure.

import type { V1NodeSelectorTerm, V1Toleration } from '@kubernetes/client-node'
import type { Json, PodSpec, PodTemplateSpec } from '../../../pod/json.ts'
import { matchesNodeAffinity } from '../../../pod/node-selection.ts'
import { isTolerated } from '../../../pod/tolerations.ts'
import type { Node } from '../../kinds/node.ts'

type Toleration = Json<V1Toleration>

/** Whether the Pod should be started on a node, and whether one that is there may stay. */
export interface Placement {
  readonly shouldRun: boolean
  readonly mayStay: boolean
}

/** The Pods of a DaemonSet put up with nearly everything. Source: daemon/util/daemonset_util.go:AddOrUpdateDaemonPodTolerations. */
const TOLERATIONS: readonly (readonly [key: string, effect: 'NoExecute' | 'NoSchedule'])[] = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
]

/** Source: pkg/controller/daemon/daemon_controller.go:NodeShouldRunDaemonPod. */
export function placementOn(node: Node, template: PodTemplateSpec): Placement {
  const spec = template.spec ?? { containers: [] }
  const name = node.metadata.name ?? ''
  const isNamed = !spec.nodeName || spec.nodeName === name
  if (!isNamed || !matchesNodeAffinity({ spec }, node)) return { shouldRun: false, mayStay: false }
  const tolerations = daemonTolerations(spec)
  const taints = node.spec?.taints ?? []
  const tolerates = (effects: readonly string[]) =>
    taints.every((taint) => !effects.includes(taint.effect) || isTolerated(taint, tolerations))
  return { shouldRun: tolerates(['NoExecute', 'NoSchedule']), mayStay: tolerates(['NoExecute']) }
}

/** The template's spec for one node: bound to it by affinity, so that the scheduler still has its say. */
export function daemonPodSpec(spec: PodSpec, nodeName: string): PodSpec {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }]
  const bound: readonly Json<V1NodeSelectorTerm>[] = terms
    ? terms.map((term) => ({ ...term, matchFields }))
    : [{ matchFields }]
  return {
    ...spec,
    affinity: {
      ...spec.affinity,
      nodeAffinity: {
        ...spec.affinity?.nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: bound },
      },
    },
    tolerations: daemonTolerations(spec),
  }
}

function daemonTolerations({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const added = TOLERATIONS.map(([key, effect]) => ({ key, operator: 'Exists', effect }))
  const network = { key: 'node.kubernetes.io/network-unavailable', operator: 'Exists', effect: 'NoSchedule' }
  const all = hostNetwork ? [...added, network] : added
  const isSame = (a: Toleration, b: Toleration) =>
    a.key === b.key && a.effect === b.effect && a.operator === b.operator
  return [...tolerations.filter((own) => !all.some((other) => isSame(own, other))), ...all]
}
