// Reads and compares the events below a description, in the columns of any version of kubectl.

import type { SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import { type Surroundings, unifyLine } from './line.ts'
import { isElision } from './sequence.ts'
import { spanToken } from './token.ts'
import { sharedWords, wordingSince } from './wording.ts'

/** An event as it is described. A page may leave out what it does not speak of. */
export interface DescribedEvent {
  readonly type: string | undefined
  readonly reason: string
  /** `10s`, `10s (x3 over 20s)`. */
  readonly age: string | undefined
  /** `kubelet`, `default-scheduler`. */
  readonly from: string | undefined
  readonly message: string
}

/** The events in some lines, and where they stand: from the header to behind the last of them. */
export interface EventList<Line> {
  readonly start: number
  readonly end: number
  readonly rows: readonly { readonly event: DescribedEvent; readonly line: Line }[]
}

interface Readable {
  readonly text: string
}

const HEADER = /^\s*(?:\.{3}\s+)?(?:(?:First ?Seen|Last ?Seen|Type|Age|Count)\b.*\s)?Reason\s+.*\bMessage\s*$/
/** Without a header only what begins with a type is an event. */
const BARE = /^\s*(?:\.{3}\s+)?(?:Normal|Warning)\s+[A-Z]\w+\s/

/** The events of a description; undefined when there are none. */
export function readEvents<Line extends Readable>(lines: readonly Line[]): EventList<Line> | undefined {
  const header = lines.findIndex(({ text }) => HEADER.test(text))
  const start = header >= 0 ? header : lines.findIndex(({ text }) => BARE.test(text))
  if (start < 0) return undefined
  const rows: { event: DescribedEvent; line: Line }[] = []
  for (const line of lines.slice(header >= 0 ? start + 1 : start)) {
    const text = line.text.trim().replace(/^\.{3}\s+/, '')
    if (text === '' || isElision(text) || /^[-\s]+$/.test(text)) continue
    const event = eventOf(text)
    const last = rows.at(-1)
    if (event) rows.push({ event, line })
    // A long message that its author has broken.
    else if (last) rows[rows.length - 1] = { ...last, event: continued(last.event, text) }
  }
  return { start, end: lines.length, rows }
}

const SPAN = String.raw`\S+(?: \(x\d+ over \S+\))?`
/** Type, Reason, Age, From, Message: since 1.7. */
const COLUMNS = new RegExp(`^(Normal|Warning)\\s+(\\w+)\\s+(${SPAN})\\s+([^\\s,]+(?:, \\S+)?)\\s+(\\S.*)$`)
/** FirstSeen, LastSeen, Count, From, SubObjectPath, Type, Reason, Message: before. */
const OLD_COLUMNS =
  /^\S+\s+(\S+)\s+\d+\s+(\{[^}]*\}|[^\s,]+(?:, \S+)?)\s+(?:\S+\s+)?(Normal|Warning)\s+(\w+)\s+(\S.*)$/
/** What an author has kept: the reason and the message, and perhaps the type. */
const KEPT = /^(?:(Normal|Warning)\s+)?([A-Z]\w+)\s+(\S.*)$/

function eventOf(text: string): DescribedEvent | undefined {
  const old = OLD_COLUMNS.exec(text)
  if (old) {
    return {
      type: old[3],
      reason: old[4] ?? '',
      age: old[1],
      from: /^\{?([\w-]+)/.exec(old[2] ?? '')?.[1],
      message: old[5] ?? '',
    }
  }
  const columns = COLUMNS.exec(text)
  const [, type, reason = '', age = '', from = '', message = ''] = columns ?? []
  if (spanToken(age.split(' ')[0] ?? '') || isElision(age))
    return { type, reason, age, from: /^[\w-]+/.exec(from)?.[0], message }
  const kept = KEPT.exec(text)
  if (!kept) return undefined
  return { type: kept[1], reason: kept[2] ?? '', age: undefined, from: undefined, message: kept[3] ?? '' }
}

function continued(event: DescribedEvent, text: string): DescribedEvent {
  return { ...event, message: `${event.message} ${text}` }
}

export interface EventDifference {
  readonly line: SourceLine
  /** The event of the same reason, as it was printed; undefined when there is none. */
  readonly seen: string | undefined
}

/** Compares the events of a page with those that were printed: it may leave some out, but not change their order. */
export function unifyEvents(
  page: EventList<SourceLine>,
  seen: EventList<Readable> | undefined,
  bindings: Bindings,
  surroundings: Surroundings,
): {
  readonly bindings: Bindings
  readonly differences: readonly EventDifference[]
  readonly drift: readonly string[]
} {
  const differences: EventDifference[] = []
  const drift = new Set<string>()
  let bound = bindings
  let rest = seen?.rows ?? []
  const isPulled = rest.some((row) => row.event.reason === 'Pulling')
  for (const { event, line } of page.rows) {
    if (event.reason === 'Pulling' && !isPulled && rest.some((row) => isOfImage(event, row.event))) continue
    const matches = rest.map((row) => unifyEvent(event, row.event, bound, surroundings))
    const index = matches.findIndex((match) => match !== undefined)
    const match = matches[index]
    const row = rest[index]
    if (match && row) {
      if (event.message !== row.event.message)
        for (const since of changesOf(event, row.event)) drift.add(since)
      bound = match
      rest = rest.slice(index + 1)
    } else
      differences.push({
        line,
        seen: rest.find((other) => other.event.reason === event.reason)?.line.text.trim(),
      })
  }
  return { bindings: bound, differences, drift: [...drift].toSorted() }
}

function changesOf(...events: readonly DescribedEvent[]): string[] {
  return events.flatMap(({ message }) => wordingSince(message) ?? [])
}

function unifyEvent(
  page: DescribedEvent,
  seen: DescribedEvent,
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  if (page.reason !== seen.reason || (page.type ?? seen.type) !== seen.type) return undefined
  if ((page.from ?? seen.from) !== seen.from || !agesAgree(page, seen, surroundings)) return undefined
  return (
    unifyLine(page.message, seen.message, bindings, surroundings) ??
    unifyLine(wordsOfAll(page.message), wordsOfAll(seen.message), bindings, surroundings)
  )
}

/** Whether an image lay on the node before is no claim of a page: it is there now, pulled or present already. */
function wordsOfAll(message: string): string {
  return sharedWords(message).replace(
    /(?:Successfully pulled|Container) image ("[^"]*")(?: already present on machine)?/,
    'Image $1 is there',
  )
}

/** Whether both speak of the same image. */
function isOfImage(page: DescribedEvent, seen: DescribedEvent): boolean {
  const [own, other] = [page, seen].map(({ message }) => /\bimage ("[^"]*")/.exec(message)?.[1])
  return own !== undefined && own === other
}

/** How long an image takes to be pulled is no claim of a page, and everything behind it moves along. */
const PULL_MS = 10_000

function agesAgree(page: DescribedEvent, seen: DescribedEvent, surroundings: Surroundings): boolean {
  const [own, other] = [page, seen].map(({ age }) => spanToken(age?.split(' ')[0] ?? ''))
  if (!own || !other) return true
  return Math.abs(own.ms - other.ms) <= PULL_MS || surroundings.spansAgree(own, other)
}
