// A number that may be written as a share: `3` or `25%`.

/** Source: apimachinery/pkg/util/intstr:GetScaledValueFromIntOrPercent. */
export function resolveIntOrPercent(
  value: number | string,
  total: number,
  round: (value: number) => number,
): number {
  if (typeof value === 'number') return value
  return round((Number(value.replace('%', '')) * total) / 100)
}
