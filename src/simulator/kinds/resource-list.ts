// Amounts by resource name (limits, requests, capacity), spelled canonically as the API server stores them.

import type { Quantity } from '../../pod/quantity.ts'
import { formatQuantity, parseQuantity } from '../../pod/quantity.ts'

/** `{ cpu: '500m', memory: '64Mi' }` */
export type ResourceList = Readonly<Record<string, string>>

const NANOS_PER_MILLI = 1_000_000n

/**
 * The list with every quantity in its canonical spelling and rounded up to thousandths; the same list if it was so.
 * Source: pkg/apis/core/v1/defaults.go:SetDefaults_ResourceList.
 */
export function canonicalResources(list: ResourceList): ResourceList {
  let result: Record<string, string> | undefined
  for (const [name, text] of Object.entries(list)) {
    const canonical = formatQuantity(roundedUp(parseQuantity(text)))
    if (canonical === text) continue
    result ??= { ...list }
    result[name] = canonical
  }
  return result ?? list
}

function roundedUp(quantity: Quantity): Quantity {
  const rest = quantity.nanos % NANOS_PER_MILLI
  if (rest === 0n) return quantity
  return { ...quantity, nanos: quantity.nanos - rest + (quantity.nanos > 0n ? NANOS_PER_MILLI : 0n) }
}
