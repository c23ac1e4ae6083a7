// Amounts of a resource ('500m', '64Mi', '1e3'), read and written as Go's resource.Quantity does.

/** In which family of suffixes an amount was written, and is written again. */
export type QuantityFormat = 'BinarySI' | 'DecimalExponent' | 'DecimalSI'

/** An amount, exact to 10^-9. */
export interface Quantity {
  readonly nanos: bigint
  readonly format: QuantityFormat
}

/** A text that is no quantity, in the API server's words. */
export class QuantityError extends Error {
  readonly text: string

  constructor(text: string, message: string) {
    super(message)
    this.text = text
  }
}

const NANOS = 1_000_000_000n
const WRONG_FORMAT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/**
 * Reads a quantity from its text or from a JSON number; a fraction below 10^-9 is rounded up.
 * Throws QuantityError. Source: apimachinery pkg/api/resource/quantity.go:ParseQuantity.
 */
export function parseQuantity(text: string | number): Quantity {
  const written = String(text).trim()
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(written)
  if (!match || written === '') throw new QuantityError(written, WRONG_FORMAT)
  const [, sign = '', whole = '', decimals = '', suffix = ''] = match
  const scale = readSuffix(suffix)
  if (!scale) throw new QuantityError(written, "unable to parse quantity's suffix")
  if (whole === '' && decimals === '')
    throw new QuantityError(written, 'unable to parse numeric part of quantity')
  const nanos = scaled(BigInt(whole + decimals) * scale.factor, scale.exponent - decimals.length + 9)
  return { nanos: sign === '-' ? -nanos : nanos, format: scale.format }
}

/**
 * Writes a quantity canonically: no fraction, the largest suffix that keeps it exact ('1.5' is '1500m', '1024Mi' is
 * '1Gi'). Source: the same file:CanonicalizeBytes.
 */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return '0'
  const isWhole = nanos % NANOS === 0n
  const units = nanos / NANOS
  const isSmall = units > -1024n && units < 1024n
  if (format === 'BinarySI' && isWhole && !isSmall) return binaryText(units)
  return decimalText(nanos, format)
}

/** The canonical spelling of a quantity that was typed. Throws QuantityError. */
export function canonicalQuantity(text: string | number): string {
  return formatQuantity(parseQuantity(text))
}

interface SuffixScale {
  readonly factor: bigint
  readonly exponent: number
  readonly format: QuantityFormat
}

function readSuffix(suffix: string): SuffixScale | undefined {
  const decimal = DECIMAL_EXPONENTS[suffix]
  if (decimal !== undefined) return { factor: 1n, exponent: decimal, format: 'DecimalSI' }
  const binary = BINARY_SUFFIXES.indexOf(suffix)
  if (binary > 0) return { factor: 1024n ** BigInt(binary), exponent: 0, format: 'BinarySI' }
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1]
  if (exponent === undefined) return undefined
  return { factor: 1n, exponent: Number(exponent), format: 'DecimalExponent' }
}

/** `amount` times ten to the `exponent`, rounded up. */
function scaled(amount: bigint, exponent: number): bigint {
  if (exponent >= 0) return amount * 10n ** BigInt(exponent)
  const divisor = 10n ** BigInt(-exponent)
  return (amount + divisor - 1n) / divisor
}

function binaryText(units: bigint): string {
  let amount = units
  let power = 0
  while (amount % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    amount /= 1024n
    power++
  }
  return `${amount}${BINARY_SUFFIXES[power]}`
}

function decimalText(nanos: bigint, format: QuantityFormat): string {
  let amount = nanos
  // There is a suffix for exa, and none beyond; an exponent can be any.
  const most = format === 'DecimalExponent' ? Infinity : 18
  let exponent = -9
  while (amount % 1000n === 0n && exponent < most) {
    amount /= 1000n
    exponent += 3
  }
  if (format === 'DecimalExponent') return exponent === 0 ? `${amount}` : `${amount}e${exponent}`
  const suffix = Object.entries(DECIMAL_EXPONENTS).find(([, power]) => power === exponent)?.[0] ?? ''
  return `${amount}${suffix}`
}
