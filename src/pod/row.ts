// The row that `kubectl get pod -o wide` prints of a Pod.

import { age } from './age.ts'
import type { Pod } from './json.ts'
import { restartsCell } from './restarts.ts'
import { podSummary } from './summary.ts'

/** The names of the cells, in order; the first five are always shown, the others with `-o wide`. */
export const POD_COLUMNS = [
  'Name',
  'Ready',
  'Status',
  'Restarts',
  'Age',
  'IP',
  'Node',
  'Nominated Node',
  'Readiness Gates',
] as const

/** The cells of a Pod at `nowMs`, in the order of POD_COLUMNS. Source: printers.go:printPod. */
export function podRow(pod: Pod, nowMs: number): readonly string[] {
  const summary = podSummary(pod)
  return [
    pod.metadata?.name ?? '',
    `${summary.readyContainers}/${summary.totalContainers}`,
    summary.status,
    restartsCell(summary, nowMs),
    age(pod.metadata?.creationTimestamp, nowMs),
    pod.status?.podIPs?.[0]?.ip || '<none>',
    pod.spec?.nodeName || '<none>',
    pod.status?.nominatedNodeName || '<none>',
    readinessGates(pod),
  ]
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec?.readinessGates ?? []
  if (gates.length === 0) return '<none>'
  const conditions = pod.status?.conditions ?? []
  const open = gates.filter(({ conditionType }) =>
    conditions.some(({ type, status }) => type === conditionType && status === 'True'),
  )
  return `${open.length}/${gates.length}`
}
