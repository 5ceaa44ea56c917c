import { compareKeys, type KeyRange } from '#core/key-range'

/** Keys that came since the order was last asked: up to so many are put in their places one by one. */
const insertedMax = 16

/** Rows by key, in key order for those who ask for it: the order costs nothing until then. */
export class SortedRows<Row> {
  readonly #rows = new Map<string, Row>()
  #keys: string[] | undefined
  #added: string[] = []

  get size(): number {
    return this.#rows.size
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key)
  }

  set(key: string, row: Row): void {
    if (this.#keys && !this.#rows.has(key)) this.#added.push(key)
    this.#rows.set(key, row)
  }

  delete(key: string): void {
    if (!this.#rows.delete(key) || !this.#keys) return
    const keys = this.#order()
    keys.splice(indexOf(keys, key), 1)
  }

  /** In no particular order. */
  entries(): IterableIterator<[string, Row]> {
    return this.#rows.entries()
  }

  /** In key order; the limit is for whoever reads. Rows may change meanwhile: each key comes once at most. */
  *range({ gte, lt, reverse = false }: KeyRange): Generator<readonly [string, Row]> {
    let keys = this.#order()
    const first = gte === undefined ? 0 : indexOf(keys, gte)
    const behind = lt === undefined ? keys.length : indexOf(keys, lt)
    const isWithin = (key: string) =>
      reverse
        ? gte === undefined || compareKeys(key, gte) >= 0
        : lt === undefined || compareKeys(key, lt) < 0
    for (let at = reverse ? behind - 1 : first; ;) {
      const key = keys[at]
      if (key === undefined || !isWithin(key)) return
      const row = this.#rows.get(key)
      if (row !== undefined) yield [key, row]
      keys = this.#order()
      const here = keys[at] === key ? at : indexOf(keys, key)
      at = reverse ? here - 1 : keys[here] === key ? here + 1 : here
    }
  }

  #order(): string[] {
    if (!this.#keys) this.#keys = [...this.#rows.keys()].sort(compareKeys)
    else if (this.#added.length > insertedMax) {
      // Two runs in order: what sorts them merges them.
      this.#keys = [...this.#keys, ...this.#added.sort(compareKeys)].sort(compareKeys)
    } else {
      for (const key of this.#added) this.#keys.splice(indexOf(this.#keys, key), 0, key)
    }
    this.#added = []
    return this.#keys
  }
}

/** Where the key is among the sorted ones, or would be. */
function indexOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle] as string, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}
