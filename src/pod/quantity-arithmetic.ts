// Reckoning with quantities: the resources of containers are added up, compared, and measured.

import type { Quantity } from './quantity.ts'

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.nanos === b.nanos) return 0
  return a.nanos < b.nanos ? -1 : 1
}

/** The sum, in the format of the first that is not zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format }
}

/** The difference, in the format of the first that is not zero. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos - b.nanos, format: a.nanos === 0n ? b.format : a.format }
}

/** The amount in whole units, rounded up (bytes of memory). Source: quantity.go:Value. */
export function wholeUnits(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, 1_000_000_000n))
}

/** The amount in thousandths, rounded up (milli-CPUs). Source: quantity.go:MilliValue. */
export function milliUnits(quantity: Quantity): number {
  return Number(divideUp(quantity.nanos, 1_000_000n))
}

/** Rounded away from zero, as Go's quantities are. */
function divideUp(amount: bigint, divisor: bigint): bigint {
  const isNegative = amount < 0n
  const magnitude = ((isNegative ? -amount : amount) + divisor - 1n) / divisor
  return isNegative ? -magnitude : magnitude
}
