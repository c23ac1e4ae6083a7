// What the API server warns of in the wishes that a Pod has for its node.

import type { PodSpec } from '../../../../pod/json.ts'

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const NULL_SELECTOR = 'a null labelSelector results in matching no pod'

/** Labels of nodes that have other names by now. */
const DEPRECATED_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
}

/** Source: pkg/api/pod/warnings.go:warningsForPodSpecAndMeta. */
export function schedulingWarnings(path: string, spec: PodSpec): readonly string[] {
  return [...labelWarnings(path, spec), ...affinityWarnings(path, spec), ...spreadWarnings(path, spec)]
}

function labelWarnings(path: string, { nodeSelector = {} }: PodSpec): readonly string[] {
  return Object.keys(nodeSelector).flatMap((label) => {
    const warning = DEPRECATED_LABELS[label]
    return warning === undefined ? [] : [`${path}.nodeSelector[${label}]: ${warning}`]
  })
}

function affinityWarnings(path: string, { affinity }: PodSpec): readonly string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((group) => {
    const at = `${path}.affinity.${group}`
    const required = affinity?.[group]?.[REQUIRED] ?? []
    const preferred = affinity?.[group]?.[PREFERRED] ?? []
    return [
      ...required.flatMap((term, i) =>
        term.labelSelector ? [] : [`${at}.${REQUIRED}[${i}].labelSelector: ${NULL_SELECTOR}`],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, i) =>
        podAffinityTerm?.labelSelector
          ? []
          : [`${at}.${PREFERRED}[${i}].podAffinityTerm.labelSelector: ${NULL_SELECTOR}`],
      ),
    ]
  })
}

function spreadWarnings(path: string, { topologySpreadConstraints = [] }: PodSpec): readonly string[] {
  return topologySpreadConstraints.flatMap(({ labelSelector }, index) =>
    labelSelector ? [] : [`${path}.topologySpreadConstraints[${index}].labelSelector: ${NULL_SELECTOR}`],
  )
}
