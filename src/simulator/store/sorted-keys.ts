// The keys of a resource in the order of etcd: bytewise, so that lists and their continuations are always the same.

/** A page that grows beyond this is split: what a new key has to move stays small, however many keys there are. */
const PAGE_SIZE = 512

/** Keys are ASCII, as names and namespaces are. They are kept on pages, each sorted, in their order; no page is empty. */
export class SortedKeys {
  readonly #pages: string[][] = []

  add(key: string): void {
    const index = this.#pageOf(key)
    const page = this.#pages[index]
    if (!page) return void this.#pages.push([key])
    page.splice(firstFrom(page, key), 0, key)
    if (page.length <= PAGE_SIZE) return
    // Keys that come in order (generated names of one moment) all go to the last page: it is left full, not halved.
    const isLast = index === this.#pages.length - 1
    this.#pages.splice(index + 1, 0, page.splice(isLast ? PAGE_SIZE : PAGE_SIZE / 2))
  }

  remove(key: string): void {
    const index = this.#pageOf(key)
    const page = this.#pages[index]
    const place = page ? firstFrom(page, key) : -1
    if (!page || page[place] !== key) return
    page.splice(place, 1)
    if (page.length === 0) this.#pages.splice(index, 1)
  }

  /** The keys that begin with `prefix`, in order. */
  withPrefix(prefix: string): readonly string[] {
    if (!prefix) return this.#pages.flat()
    // Names are ASCII, so this is past every key with the prefix.
    const end = `${prefix}\u007f`
    const pages = this.#pages.slice(this.#pageOf(prefix), this.#pageOf(end) + 1)
    return pages.flatMap((page) => page.slice(firstFrom(page, prefix), firstFrom(page, end)))
  }

  /** The last page that begins at `key` or before; the first one for a key before all of them. */
  #pageOf(key: string): number {
    let low = 0
    let high = this.#pages.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#pages[middle]?.[0] as string) <= key) low = middle + 1
      else high = middle
    }
    return Math.max(low - 1, 0)
  }
}

/** Where the keys begin that are not before `key`. */
function firstFrom(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as string) < key) low = middle + 1
    else high = middle
  }
  return low
}
