// Which taints of a node a Pod puts up with.

import type { Json } from './json.ts'
import type { V1Taint, V1Toleration } from '@kubernetes/client-node'

export type Taint = Pick<Json<V1Taint>, 'effect' | 'key'> & { readonly value?: string | undefined }
export type Toleration = Json<V1Toleration>

/** Whether one of the tolerations covers the taint. */
export function isTolerated(taint: Taint, tolerations: readonly Toleration[] = []): boolean {
  return tolerations.some((toleration) => tolerates(toleration, taint))
}

/** Source: k8s.io/component-helpers/scheduling/corev1/helpers.go and api/core/v1/toleration.go:ToleratesTaint. */
export function tolerates({ effect, key, operator, value }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false
  if (key && key !== taint.key) return false
  if (operator === 'Exists') return true
  if (operator === 'Lt' || operator === 'Gt') return false
  return (value ?? '') === (taint.value ?? '')
}
