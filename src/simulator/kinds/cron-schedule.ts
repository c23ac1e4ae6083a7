// When a CronJob is due: the schedules of cron, in a time zone.

/** A schedule that cannot be read, in the words of the parser that Kubernetes uses (robfig/cron). */
export class ScheduleError extends Error {}

/** The instants at which something is due. */
export interface Schedule {
  /** The first instant after `afterMs`; undefined if there is none within five years. */
  next(afterMs: number): number | undefined
}

interface Field {
  readonly least: number
  readonly most: number
  readonly names: readonly string[]
}

/** What one field allows; whether it was `*`, which matters for days. */
interface Allowed {
  readonly values: ReadonlySet<number>
  readonly isAny: boolean
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const YEARS_MS = 5 * 366 * DAY_MS
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const FIELDS: readonly Field[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
]

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@annually': '0 0 1 1 *',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@midnight': '0 0 * * *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@yearly': '0 0 1 1 *',
}

/** Reads a schedule (`0 9 * * mon-fri`, `@hourly`, `@every 90s`). Throws ScheduleError. Source: robfig/cron parser.go. */
export function parseSchedule(text: string, timeZone = 'UTC'): Schedule {
  if (text === '') throw new ScheduleError('empty spec string')
  if (text.startsWith('@every ')) return every(text.slice('@every '.length))
  const fields = (text.startsWith('@') ? descriptor(text) : text).trim().split(/\s+/)
  if (fields.length !== FIELDS.length)
    throw new ScheduleError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)
  const allowed = FIELDS.map((field, index) => parseField(fields[index] ?? '', field))
  return { next: (afterMs) => nextMatch(allowed, timeZone, afterMs) }
}

/** Whether the name is that of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function descriptor(text: string): string {
  const fields = DESCRIPTORS[text]
  if (fields === undefined) throw new ScheduleError(`unrecognized descriptor: ${text}`)
  return fields
}

/** At least a second, from now on; fractions of a second are dropped. */
function every(text: string): Schedule {
  const units: Readonly<Record<string, number>> = { s: 1_000, m: MINUTE_MS, h: 3_600_000 }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)]
  if (parts.map(([part]) => part).join('') !== text || text === '')
    throw new ScheduleError(
      `failed to parse duration @every ${text}: time: invalid duration ${JSON.stringify(text)}`,
    )
  const totalMs = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0)
  const periodMs = Math.max(1_000, Math.floor(totalMs / 1_000) * 1_000)
  return { next: (afterMs) => Math.floor(afterMs / 1_000) * 1_000 + periodMs }
}

function parseField(text: string, field: Field): Allowed {
  const ranges = text.split(',').map((range) => parseRange(range, field))
  return {
    values: new Set(ranges.flatMap(({ values }) => [...values])),
    isAny: ranges.some(({ isAny }) => isAny),
  }
}

/** `*`, `5`, `1-5`, and each with `/step`. */
function parseRange(text: string, field: Field): Allowed {
  const [range = '', step, ...others] = text.split('/')
  const [low = '', high, ...more] = range.split('-')
  if (others.length > 0) throw new ScheduleError(`too many slashes: ${text}`)
  if (more.length > 0) throw new ScheduleError(`too many hyphens: ${text}`)
  const isStar = low === '*' || low === '?'
  const first = isStar ? field.least : parseNumber(low, field)
  const openEnd = isStar || step !== undefined ? field.most : first
  const last = high === undefined ? openEnd : parseNumber(high, field)
  const stride = step === undefined ? 1 : parseNumber(step, { ...field, names: [] })
  checkRange(text, first, last, stride, field)
  const values = new Set<number>()
  for (let value = first; value <= last; value += stride) values.add(value)
  return { values, isAny: isStar && stride === 1 }
}

function checkRange(text: string, first: number, last: number, stride: number, { least, most }: Field): void {
  if (first < least)
    throw new ScheduleError(`beginning of range (${first}) below minimum (${least}): ${text}`)
  if (last > most) throw new ScheduleError(`end of range (${last}) above maximum (${most}): ${text}`)
  if (first > last)
    throw new ScheduleError(`beginning of range (${first}) beyond end of range (${last}): ${text}`)
  if (stride === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`)
}

function parseNumber(text: string, { least, names }: Field): number {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + least
  if (/^\d+$/.test(text)) return Number(text)
  const quoted = JSON.stringify(text)
  throw new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${quoted}: invalid syntax`)
}

/** Walks forward: by days while the day is wrong, else by hours, else by minutes. */
function nextMatch(allowed: readonly Allowed[], timeZone: string, afterMs: number): number | undefined {
  const [minutes, hours, days, months, weekdays] = allowed as [Allowed, Allowed, Allowed, Allowed, Allowed]
  const zone = wallClock(timeZone)
  let atMs = Math.floor(afterMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS
  while (atMs < afterMs + YEARS_MS) {
    const { minute, hour, day, month, weekday } = zone(atMs)
    const isDay =
      days.isAny || weekdays.isAny
        ? days.values.has(day) && weekdays.values.has(weekday)
        : days.values.has(day) || weekdays.values.has(weekday)
    if (!months.values.has(month) || !isDay) atMs += ((24 - hour) * 60 - minute) * MINUTE_MS
    else if (!hours.values.has(hour)) atMs += (60 - minute) * MINUTE_MS
    else if (!minutes.values.has(minute)) atMs += MINUTE_MS
    else return atMs
  }
  return undefined
}

interface WallTime {
  readonly minute: number
  readonly hour: number
  readonly day: number
  readonly month: number
  readonly weekday: number
}

/** What the clocks on the wall of a time zone show at an instant. */
function wallClock(timeZone: string): (atMs: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  })
  return (atMs) => {
    const parts = new Map(format.formatToParts(new Date(atMs)).map(({ type, value }) => [type, value]))
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
    return {
      minute: number('minute'),
      hour: number('hour'),
      day: number('day'),
      month: number('month'),
      weekday: DAYS.indexOf((parts.get('weekday') ?? '').toLowerCase()),
    }
  }
}
