// The keys of a resource in the order of etcd: bytewise, so that lists and their continuations are always the same.

/** Keys are ASCII, as names and namespaces are. */
export class SortedKeys {
  #keys: string[] = []

  get size(): number {
    return this.#keys.length
  }

  add(key: string): void {
    // Most keys come in order (generated names of one moment, replayed lists): then this is a push.
    const last = this.#keys.at(-1)
    if (last === undefined || last < key) this.#keys.push(key)
    else this.#keys.splice(this.#firstFrom(key), 0, key)
  }

  remove(key: string): void {
    const index = this.#firstFrom(key)
    if (this.#keys[index] === key) this.#keys.splice(index, 1)
  }

  /** The keys that begin with `prefix`, in order. */
  withPrefix(prefix: string): readonly string[] {
    if (!prefix) return this.#keys
    const from = this.#firstFrom(prefix)
    // Names are ASCII, so this is past every key with the prefix.
    const to = this.#firstFrom(`${prefix}\u007f`)
    return this.#keys.slice(from, to)
  }

  #firstFrom(key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#keys[middle] as string) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
