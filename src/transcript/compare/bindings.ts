// What the volatile words of a page stand for in the replay: once bound, they must stay the same.

/** What kind of thing a volatile word names. Words of different kinds never clash. */
export type VolatileKind =
  'address' | 'digest' | 'id' | 'instant' | 'namespace' | 'node' | 'nodePort' | 'pid' | 'suffix' | 'uid'

/** Pairs of a word of the page and a word of the replay. Immutable: a trial that fails leaves nothing behind. */
export class Bindings {
  readonly #toSeen: ReadonlyMap<string, string>
  readonly #toPage: ReadonlyMap<string, string>

  constructor(
    toSeen: ReadonlyMap<string, string> = new Map(),
    toPage: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#toSeen = toSeen
    this.#toPage = toPage
  }

  /**
   * The bindings with `page` standing for `seen`; undefined when one of the two already stands for something else.
   * Instants are never bound: each output has its own. A node binds the other way only: where a Pod runs is the
   * scheduler's choice, so that several nodes of the page may stand for one.
   */
  unify(kind: VolatileKind, page: string, seen: string): Bindings | undefined {
    if (kind === 'instant') return this
    const pageKey = `${kind} ${page}`
    const seenKey = `${kind} ${seen}`
    if (kind === 'node') return new Bindings(this.#toSeen, new Map(this.#toPage).set(seenKey, page))
    const boundSeen = this.#toSeen.get(pageKey)
    const boundPage = this.#toPage.get(seenKey)
    if (boundSeen === seen && boundPage === page) return this
    if (boundSeen !== undefined || boundPage !== undefined) return undefined
    return new Bindings(new Map(this.#toSeen).set(pageKey, seen), new Map(this.#toPage).set(seenKey, page))
  }

  /** What a word of the page stands for, if that is known. */
  seen(kind: VolatileKind, page: string): string | undefined {
    return this.#toSeen.get(`${kind} ${page}`)
  }

  /** Which word of the page stands for a word of the replay: what an update writes in its place. */
  page(kind: VolatileKind, seen: string): string | undefined {
    return this.#toPage.get(`${kind} ${seen}`)
  }
}
