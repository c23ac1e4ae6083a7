// What the API server fills in where a reference of the environment or of a volume was left incomplete.

import type { V1EnvVar, V1ObjectFieldSelector, V1ResourceFieldSelector } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { canonicalQuantity } from '../../../pod/quantity.ts'
import { fill, fillZero, replace } from '../defaulting.ts'

/** Source: pkg/apis/core/v1/defaults.go:SetDefaults_ObjectFieldSelector. */
export function environmentDefaults(variable: Json<V1EnvVar>): Json<V1EnvVar> {
  const { valueFrom } = variable
  if (!valueFrom) return variable
  return replace(variable, {
    valueFrom: replace(valueFrom, {
      fieldRef: valueFrom.fieldRef && fieldRefDefaults(valueFrom.fieldRef),
      fileKeyRef: valueFrom.fileKeyRef && fill(valueFrom.fileKeyRef, { optional: false }),
      resourceFieldRef: valueFrom.resourceFieldRef && resourceFieldRefDefaults(valueFrom.resourceFieldRef),
    }),
  })
}

export function fieldRefDefaults(fieldRef: Json<V1ObjectFieldSelector>): Json<V1ObjectFieldSelector> {
  return fillZero(fieldRef, { apiVersion: 'v1' })
}

/** The divisor is a quantity, whose zero is written out: `divisor: "0"`. */
export function resourceFieldRefDefaults(
  reference: Json<V1ResourceFieldSelector>,
): Json<V1ResourceFieldSelector> {
  return replace(reference, { divisor: canonicalQuantity(reference.divisor ?? '0') })
}
