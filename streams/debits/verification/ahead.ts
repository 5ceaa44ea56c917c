/** So many are looked at for one that is not the next. */
const lookAheadMin = 1_000

/** What was taken for a key: the one, if it came, and those that lay before it. */
export interface Taken<Item> {
  readonly found: Item | undefined
  readonly passed: readonly Item[]
}

const nonePassed: readonly never[] = []

/**
 * Two topics told of the same thing lie side by side: one of them, to be taken from in the order of the other. One
 * that is missing holds up nothing, and one too many is passed by.
 */
export class Ahead<Item> {
  readonly #keyOf: (item: Item) => string
  #items: Item[] = []
  #at = 0
  /** How many of a key wait. */
  readonly #waiting = new Map<string, number>()
  #isEnded = false

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf
  }

  /** Whether more is to be pushed before anything is taken. */
  get isShort(): boolean {
    return !this.#isEnded && this.#items.length - this.#at < lookAheadMin
  }

  push(items: readonly Item[]): void {
    this.#items = this.#at === 0 ? this.#items : this.#items.slice(this.#at)
    this.#at = 0
    for (const item of items) {
      const key = this.#keyOf(item)
      this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1)
      this.#items.push(item)
    }
  }

  /** Nothing more comes. */
  end(): void {
    this.#isEnded = true
  }

  get next(): Item | undefined {
    return this.#items[this.#at]
  }

  take(key: string): Taken<Item> {
    if (!this.#waiting.has(key)) return { found: undefined, passed: nonePassed }
    let passed: Item[] | undefined
    for (;;) {
      const item = this.#shift()
      if (this.#keyOf(item) === key) return { found: item, passed: passed ?? nonePassed }
      ;(passed ??= []).push(item)
    }
  }

  /** All that was pushed and not taken. */
  rest(): readonly Item[] {
    const rest = this.#items.slice(this.#at)
    this.#items = []
    this.#at = 0
    this.#waiting.clear()
    return rest
  }

  #shift(): Item {
    const item = this.#items[this.#at++]!
    const key = this.#keyOf(item)
    const left = this.#waiting.get(key)! - 1
    if (left === 0) this.#waiting.delete(key)
    else this.#waiting.set(key, left)
    return item
  }
}
