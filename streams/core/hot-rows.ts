import { memoryOf, type PackedRow } from '#core/packed-row'

/**
 * Rows that were lately used, bounded in bytes, in two generations: what is not used while one generation fills is
 * dropped with the next. Empty until it is used.
 */
export class HotRows {
  readonly #bytesMax: number
  #young = new Map<string, PackedRow>()
  #old = new Map<string, PackedRow>()
  #youngBytes = 0

  /** `bytesMax` bounds both generations together. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get(key: string): PackedRow | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, row: PackedRow): void {
    const before = this.#young.get(key)
    this.#youngBytes += memoryOf(key, row) - (before === undefined ? 0 : memoryOf(key, before))
    this.#young.set(key, row)
    if (this.#youngBytes <= this.#bytesMax / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngBytes = 0
  }

  delete(key: string): void {
    const before = this.#young.get(key)
    if (before !== undefined) this.#youngBytes -= memoryOf(key, before)
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
    this.#youngBytes = 0
  }
}
