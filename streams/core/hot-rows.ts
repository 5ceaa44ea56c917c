import { memoryOf, type PackedRow } from '#core/packed-row'

type Generation = Map<string, Map<string, PackedRow>>

/**
 * Rows that were lately used, by table and key, bounded in bytes, in two generations: what is not used while one
 * generation fills is dropped with the next. Empty until it is used.
 */
export class HotRows {
  readonly #bytesMax: number
  // By table first: a key made of both would be hashed anew with each use.
  #young: Generation = new Map()
  #old: Generation = new Map()
  #youngBytes = 0

  /** `bytesMax` bounds both generations together. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get(table: string, key: string): PackedRow | undefined {
    const young = this.#young.get(table)?.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(table)?.get(key)
    if (old !== undefined) this.set(table, key, old)
    return old
  }

  set(table: string, key: string, row: PackedRow): void {
    let rows = this.#young.get(table)
    if (!rows) this.#young.set(table, (rows = new Map<string, PackedRow>()))
    const before = rows.get(key)
    this.#youngBytes += memoryOf(key, row) - (before === undefined ? 0 : memoryOf(key, before))
    rows.set(key, row)
    if (this.#youngBytes <= this.#bytesMax / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngBytes = 0
  }

  delete(table: string, key: string): void {
    const before = this.#young.get(table)?.get(key)
    if (before !== undefined) this.#youngBytes -= memoryOf(key, before)
    this.#young.get(table)?.delete(key)
    this.#old.get(table)?.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
    this.#youngBytes = 0
  }
}
