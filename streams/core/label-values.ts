/** What stands for every value that has no label of its own. */
export const otherLabel = 'other'

const plain = /^[A-Za-z0-9][\w.:/-]{0,99}$/

interface Bounds {
  /** How many values have a label of their own. */
  readonly countMax: number
  /** These have one whatever comes before them; they count among the rest. */
  readonly always?: readonly string[]
  /** What a value looks like; another one is never a label. */
  readonly shape?: RegExp
}

/**
 * The values of a label that come from outside: each one is a series that Prometheus keeps for ever, and whoever chooses
 * them chooses how many. The first few have a label of their own for as long as the process lives, all others are `other`.
 */
export class LabelValues {
  readonly #countMax: number
  readonly #shape: RegExp
  readonly #known: Set<string>

  constructor({ countMax, always = [], shape = plain }: Bounds) {
    this.#known = new Set(always)
    this.#countMax = Math.max(countMax, this.#known.size)
    this.#shape = shape
  }

  /** The value itself, or `other`. */
  of(value: string): string {
    if (this.#known.has(value)) return value
    if (this.#known.size >= this.#countMax || !this.#shape.test(value)) return otherLabel
    this.#known.add(value)
    return value
  }
}
