// When an Event is news, when it is told once more, and when it is too much: the memory of a recorder.

/** What a recorder is asked to tell. */
export interface Occurrence {
  /** Whom it is about; everything that tells one object from another. */
  readonly object: string
  /** Which part of it. */
  readonly fieldPath: string
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly atMs: number
}

/** What becomes of an occurrence. */
export type Correlation =
  | { readonly kind: 'new'; readonly key: string; readonly message: string }
  | { readonly kind: 'again'; readonly key: string; readonly message: string; readonly written: Written }
  | { readonly kind: 'dropped' }

/** An Event that was written, as far as the recorder remembers it. */
export interface Written {
  readonly namespace: string
  readonly name: string
  readonly count: number
  readonly firstTimestamp: string
}

interface Similar {
  readonly messages: Set<string>
  lastMs: number
}

interface Allowance {
  tokens: number
  filledMs: number
}

/** Source of all numbers: client-go/tools/record/events_cache.go. */
const MAX_SIMILAR = 10
const SIMILAR_WITHIN_MS = 600_000
const BURST = 25
const REFILL_MS = 300_000
const MEMORY = 4096

/**
 * The same text about the same part of an object is one Event that counts. More than ten texts of one reason within ten
 * minutes are combined. More than 25 Events about one object are dropped, but for one in five minutes.
 */
export class EventCorrelator {
  readonly #similar = new Map<string, Similar>()
  readonly #written = new Map<string, Written>()
  readonly #allowances = new Map<string, Allowance>()

  correlate(occurrence: Occurrence): Correlation {
    const { object, fieldPath, type, reason } = occurrence
    const group = [object, type, reason].join('\n')
    const isCombined = this.#isCombined(group, occurrence)
    const message = isCombined ? `(combined from similar events): ${occurrence.message}` : occurrence.message
    const key = isCombined ? group : [group, fieldPath, message].join('\n')
    if (!this.#isAllowed(object, occurrence.atMs)) return { kind: 'dropped' }
    const written = this.#written.get(key)
    return written ? { kind: 'again', key, message, written } : { kind: 'new', key, message }
  }

  /** Remembers what was written under a key. */
  remember(key: string, written: Written): void {
    keep(this.#written, key, written)
  }

  #isCombined(group: string, { message, atMs }: Occurrence): boolean {
    const known = this.#similar.get(group)
    const similar =
      known && atMs - known.lastMs <= SIMILAR_WITHIN_MS
        ? known
        : { messages: new Set<string>(), lastMs: atMs }
    similar.messages.add(message)
    similar.lastMs = atMs
    keep(this.#similar, group, similar)
    if (similar.messages.size < MAX_SIMILAR) return false
    // Room for the next text: the set never grows beyond its limit.
    for (const oldest of similar.messages) {
      similar.messages.delete(oldest)
      break
    }
    return true
  }

  #isAllowed(object: string, atMs: number): boolean {
    const allowance = this.#allowances.get(object) ?? { tokens: BURST, filledMs: atMs }
    allowance.tokens = Math.min(BURST, allowance.tokens + (atMs - allowance.filledMs) / REFILL_MS)
    allowance.filledMs = atMs
    keep(this.#allowances, object, allowance)
    if (allowance.tokens < 1) return false
    allowance.tokens--
    return true
  }
}

/** Puts an entry last in a Map, and forgets the one that was not used for longest when there are too many. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MEMORY) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    break
  }
}
