import type { Change, Row, Rows } from '#core/rows'
import type { Follower } from '#core/table'

const goneMax = 100_000

/** Rows of a table, and the keys of those that were taken away lately. */
export class NotedRows implements Follower {
  readonly #rows: Rows
  readonly #gone = new Set<string>()

  constructor(rows: Rows) {
    this.#rows = rows
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key)
  }

  where(index: string, value: string): readonly Row[] {
    return this.#rows.where(index, value)
  }

  /** Whether there was a row, and is none any more. */
  isGone(key: string): boolean {
    return this.#gone.has(key)
  }

  async apply(changes: readonly Change[]): Promise<void> {
    await this.#rows.apply(changes)
    for (const { key, row } of changes) {
      this.#gone.delete(key)
      if (!row) this.#gone.add(key)
    }
    for (const key of this.#gone) {
      if (this.#gone.size <= goneMax) break
      this.#gone.delete(key)
    }
  }

  close(): Promise<void> {
    return this.#rows.close()
  }
}
