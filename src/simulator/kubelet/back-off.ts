// How long something that keeps failing has to wait: doubled each time, up to a limit.

/** Source: client-go/util/flowcontrol/backoff.go. */
interface Entry {
  delayMs: number
  updatedAtMs: number
}

/** Delays by key; what has gone well for long enough begins anew. */
export class BackOff {
  readonly #initialMs: number
  readonly #maxMs: number
  readonly #resetAfterMs: number
  readonly #entries = new Map<string, Entry>()

  constructor(options: {
    readonly initialMs: number
    readonly maxMs: number
    readonly resetAfterMs: number
  }) {
    this.#initialMs = options.initialMs
    this.#maxMs = options.maxMs
    this.#resetAfterMs = options.resetAfterMs
  }

  /** When the wait that counts from `sinceMs` is over; undefined if there is nothing to wait for. */
  endsAt(key: string, sinceMs: number): number | undefined {
    const entry = this.#entries.get(key)
    return entry && !this.#isExpired(entry, sinceMs) ? sinceMs + entry.delayMs : undefined
  }

  /** The present delay. */
  delayMs(key: string): number {
    return this.#entries.get(key)?.delayMs ?? 0
  }

  /** When the delay was last raised. */
  updatedAtMs(key: string): number | undefined {
    return this.#entries.get(key)?.updatedAtMs
  }

  /** Raises the delay because of something that happened at `eventMs`. */
  next(key: string, eventMs: number, nowMs: number): void {
    const entry = this.#entries.get(key)
    const delayMs =
      entry && !this.#isExpired(entry, eventMs) ? Math.min(entry.delayMs * 2, this.#maxMs) : this.#initialMs
    this.#entries.set(key, { delayMs, updatedAtMs: nowMs })
  }

  /** Forgets all keys that begin with `prefix`. */
  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key)
  }

  #isExpired(entry: Entry, eventMs: number): boolean {
    return eventMs - entry.updatedAtMs > this.#resetAfterMs
  }
}
