// Dates that kubectl prints of times that were moved for its sake, moved back.

/** `Tue, 24 Nov 2026 21:36:44 +0000`: kubectl describe, in the zone UTC. */
const RFC1123Z = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * The text with its dates as the cluster has them. Times were moved by `shiftMs`, and kubectl has cut the result to whole
 * seconds; the cluster's own times are whole seconds, so they come out exactly.
 */
export function inClusterTime(text: string, shiftMs: number | undefined): string {
  if (shiftMs === undefined) return text
  const shiftSeconds = Math.floor(shiftMs / 1000)
  return text.replace(RFC1123Z, (date) => rfc1123z(Date.parse(date) - shiftSeconds * 1000))
}

function rfc1123z(ms: number): string {
  const date = new Date(ms)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}
