// Times for clients that compute ages on their own clock: moved so that every age comes out as the cluster has it.

/** By how much times of whole seconds are moved, in milliseconds. */
export function shiftMs({ clusterMs, wallMs }: Instants): number {
  return wallMs - SLACK_MS - Math.floor(clusterMs / 1000) * 1000
}

/** The two readings that a client's arithmetic would confuse. */
export interface Instants {
  /** Cluster time at which the answer is true. */
  readonly clusterMs: number
  /** The wall's time, from which the client will subtract. */
  readonly wallMs: number
}

/**
 * The client reads its clock a little after `wallMs`. Each time is placed so that its age is whole seconds plus this, and
 * stays the same number of seconds until the client has come to its arithmetic.
 */
const SLACK_MS = 20

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/**
 * A JSON value with every timestamp moved by wall minus cluster time. Ages of whole seconds, as kubectl prints them, are
 * exactly those of the cluster; spans between times of whole seconds are unchanged.
 */
export function shifted(value: unknown, instants: Instants): unknown {
  if (typeof value === 'string') return TIMESTAMP.test(value) ? shiftedTime(value, instants) : value
  if (Array.isArray(value)) return value.map((item) => shifted(item, instants))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shifted(item, instants)]))
}

function shiftedTime(text: string, { clusterMs, wallMs }: Instants): string {
  const ageSeconds = Math.floor((clusterMs - Date.parse(text)) / 1000)
  const time = new Date(wallMs - ageSeconds * 1000 - SLACK_MS).toISOString()
  // A MicroTime is read with exactly six digits, a Time with any number.
  return text.includes('.') ? time.replace('Z', '000Z') : time
}
