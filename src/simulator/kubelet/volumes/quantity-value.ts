// Quantities as whole numbers.

import { parseQuantity } from '../../../pod/quantity.ts'

/** The amount, rounded up; undefined without one. */
export function quantityValue(quantity: string | number | undefined): number | undefined {
  if (quantity === undefined) return undefined
  const { nanos } = parseQuantity(quantity)
  return Number((nanos + 999_999_999n) / 1_000_000_000n)
}
