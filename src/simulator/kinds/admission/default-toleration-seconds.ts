// DefaultTolerationSeconds: a Pod stays five minutes on a node that fails, unless it says otherwise.

import type { V1Toleration } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { podAdmission } from './pod-admission.ts'
import { copyWith } from '../../store/copy-with.ts'

const FAILURES = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
const SECONDS = 300

/** Source: plugin/pkg/admission/defaulttolerationseconds/admission.go. */
export const defaultTolerationSeconds = podAdmission(
  'DefaultTolerationSeconds',
  ['CREATE', 'UPDATE'],
  (pod) => {
    const tolerations = pod.spec?.tolerations ?? []
    const missing = FAILURES.filter((key) => !tolerations.some((toleration) => tolerates(toleration, key)))
    if (missing.length === 0 || !pod.spec) return pod
    const added = missing.map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: SECONDS,
    }))
    return copyWith(pod, { spec: copyWith(pod.spec, { tolerations: [...tolerations, ...added] }) })
  },
)

function tolerates(toleration: Json<V1Toleration>, key: string): boolean {
  return (
    (!toleration.key || toleration.key === key) && (!toleration.effect || toleration.effect === 'NoExecute')
  )
}
