/**
 * Which rows of a table, by key. Keys are in the order of their UTF-8 bytes, which is the order of their code
 * points; it is not that of `<` on strings, which puts what lies beyond the basic plane before U+E000.
 */
export interface KeyRange {
  /** The first key that belongs to it; from the lowest where absent. */
  readonly gte?: string
  /** The first key that no longer belongs to it; up to the highest where absent. */
  readonly lt?: string
  /** From the highest key to the lowest. */
  readonly reverse?: boolean
  /** So many rows at most; all where absent. */
  readonly limit?: number
}

// Surrogates stand for code points above all the others.
const rank = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800

/** Orders keys as the bytes of their UTF-8 are ordered: negative, zero or positive. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}
