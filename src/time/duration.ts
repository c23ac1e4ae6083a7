// Durations in Kubernetes' two spellings: Go's exact one ('1m30s') and the short one of AGE columns ('2d1h').

/** A duration that was typed and means nothing, in the words of Go's time.ParseDuration. */
export class DurationError extends Error {
  readonly text: string

  constructor(text: string, problem: string) {
    super(`time: ${problem} duration ${JSON.stringify(text)}`)
    this.text = text
  }
}

/** Milliseconds in each unit of Go's time package. Both micro signs (U+00B5, U+03BC) are accepted. */
const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

/**
 * Reads a Go duration ('10s', '1m30s', '-1.5h', '200ms', '0') into milliseconds, a fraction where the text is finer.
 * Throws DurationError for anything else. Source: Go's time.ParseDuration.
 */
export function parseDuration(text: string): number {
  const unsigned = text.replace(/^[+-]/, '')
  if (unsigned === '0') return 0
  if (unsigned === '') throw new DurationError(text, 'invalid')
  let rest = unsigned
  let totalMs = 0
  while (rest !== '') {
    const [part, number] = /^(\d+\.?\d*|\.\d+)/.exec(rest) ?? []
    if (part === undefined || number === undefined) throw new DurationError(text, 'invalid')
    rest = rest.slice(part.length)
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') throw new DurationError(text, 'missing unit in')
    const unitMs = UNIT_MS[unit]
    if (unitMs === undefined) throw new DurationError(text, `unknown unit ${JSON.stringify(unit)} in`)
    totalMs += Number(number) * unitMs
    rest = rest.slice(unit.length)
  }
  return text.startsWith('-') ? -totalMs : totalMs
}

/** Writes milliseconds as Go does: '0s', '200ms', '1.234s', '1m20s', '1h0m0s'. Source: Go's Duration.String. */
export function formatDuration(ms: number): string {
  const nanoseconds = Math.round(Math.abs(ms) * 1e6)
  const sign = ms < 0 && nanoseconds > 0 ? '-' : ''
  if (nanoseconds === 0) return '0s'
  if (nanoseconds < 1e3) return `${sign}${nanoseconds}ns`
  if (nanoseconds < 1e6) return `${sign}${fraction(nanoseconds, 3)}µs`
  if (nanoseconds < 1e9) return `${sign}${fraction(nanoseconds, 6)}ms`
  const minutes = Math.floor(nanoseconds / 60e9)
  const seconds = `${fraction(nanoseconds - minutes * 60e9, 9)}s`
  if (minutes === 0) return sign + seconds
  const hours = Math.floor(minutes / 60)
  return sign + (hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`)
}

/**
 * Writes milliseconds as the AGE column does: at most two units, truncated ('70s', '3m10s', '2d1h', '8y').
 * Source: apimachinery pkg/util/duration/duration.go:HumanDuration.
 */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1_000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.trunc(minutes / 60)
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.trunc(hours / 24)
  if (days < 8) return pair(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  const years = Math.trunc(days / 365)
  if (years < 8) return pair(years, 'y', days % 365, 'd')
  return `${years}y`
}

/** Writes milliseconds in one unit ('59s', '3m', '2d'). Source: the same file:ShortHumanDuration. */
export function shortHumanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1_000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3_600) return `${Math.trunc(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.trunc(seconds / 3_600)}h`
  if (seconds < 31_536_000) return `${Math.trunc(seconds / 86_400)}d`
  return `${Math.trunc(seconds / 31_536_000)}y`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`
}

/** `value` with its last `digits` decimal digits behind the point, without trailing zeros. */
function fraction(value: number, digits: number): string {
  const scale = 10 ** digits
  const decimals = (value % scale).toString().padStart(digits, '0').replace(/0+$/, '')
  const whole = Math.floor(value / scale).toString()
  return decimals === '' ? whole : `${whole}.${decimals}`
}
