import { compareKeys } from '#core/key-range'
import { type Change, expectDeclared, type Row, type Rows } from '#core/rows'
import type { AnyTopic } from '#schemas/topic'

/** Rows as they were decoded, for tables that stay small. */
export class MemoryRows implements Rows {
  readonly #topic: AnyTopic
  readonly #rows = new Map<string, Row>()
  readonly #keysBy: ReadonlyMap<string, Map<string, Set<string>>>

  constructor(topic: AnyTopic) {
    this.#topic = topic
    this.#keysBy = new Map(topic.indexes.map((index) => [index, new Map<string, Set<string>>()]))
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key)
  }

  where(index: string, value: string): readonly Row[] {
    expectDeclared(this.#topic, index)
    const keys = [...(this.#keysBy.get(index)?.get(value) ?? [])].sort(compareKeys)
    return keys.flatMap((key) => this.#rows.get(key) ?? [])
  }

  async apply(changes: readonly Change[]): Promise<void> {
    for (const { key, row } of changes) this.#set(key, row)
  }

  #set(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key)
    for (const [index, keys] of this.#keysBy) {
      if (before) forget(keys, String(before.value[index]), key)
      if (!row) continue
      const value = String(row.value[index])
      keys.set(value, (keys.get(value) ?? new Set()).add(key))
    }
    if (row) this.#rows.set(key, row)
    else this.#rows.delete(key)
  }

  async close(): Promise<void> {
    this.#rows.clear()
    for (const keys of this.#keysBy.values()) keys.clear()
  }
}

// An index value without rows leaves nothing behind: values come and go for years.
function forget(keys: Map<string, Set<string>>, value: string, key: string) {
  const found = keys.get(value)
  if (found?.delete(key) && found.size === 0) keys.delete(value)
}
