import { HotRows } from '#core/hot-rows'
import { unpacked } from '#core/packed-row'
import type { TopicPartition } from '#core/records'
import { SchemaHeaders } from '#core/schema-headers'
import type { StateDatabase } from '#core/state-database'
import type { PartitionStore, PlacedCopy, UnitStore } from '#core/state-store'
import { TableRows } from '#core/table-rows'
import type { Copy } from '#core/verdict'

/** Rows written in one turn of the event loop: more would hold up the records that come meanwhile. */
const writtenAtOnceMax = 1_000
/** Bytes of rows that were lately used, kept in memory by each unit. */
const hotBytesMax = 16_000_000

const schemasKey = 'schemas'
const nameOf = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`
const copyKeyOf = (place: TopicPartition) => `copy/${nameOf(place)}`

interface Options {
  readonly database: StateDatabase
  /** What a failure of the file means for the unit. */
  readonly failureOf: (cause: unknown) => Error
  /** Called after each checkpoint; throws where the file has grown too large. */
  readonly onWritten: () => void
  /** Called with the file closed by us: `isFinal` and whole. */
  readonly onClosed: (isFinal: boolean) => Promise<void>
}

/**
 * A unit's rows in a file. A checkpoint writes rows in many small transactions and then their positions: rows may so
 * be ahead of their position, which a restore from there mends, and never behind it.
 */
export class DiskStore implements UnitStore {
  readonly schemas = new SchemaHeaders()
  readonly #options: Options
  readonly #database: StateDatabase
  readonly #tables = new Map<string, TableRows>()
  readonly #hot = new HotRows(hotBytesMax)
  #schemasKept: number
  #failure: Error | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(options: Options) {
    this.#options = options
    this.#database = options.database
    const schemas = this.#database.notes.get(schemasKey)
    if (schemas) this.schemas.learn(String(schemas))
    this.#schemasKept = this.schemas.size
  }

  partition(partition: number): PartitionStore {
    const tables = new Map<string, TableRows>()
    const rowsOf = (topic: string): TableRows => {
      const rows = tables.get(topic) ?? this.#rowsOf({ topic, partition })
      tables.set(topic, rows)
      return rows
    }
    const { schemas } = this
    const fail = (error: unknown) => this.#fail(error)
    return {
      get(table, key) {
        try {
          return rowsOf(table).get(key)
        } catch (error) {
          return fail(error)
        }
      },
      *range(table, range) {
        try {
          yield* rowsOf(table).range(range)
        } catch (error) {
          fail(error)
        }
      },
      apply(table, changes) {
        for (const [, bytes] of changes) schemas.note(bytes)
        rowsOf(table).apply(changes)
      },
    }
  }

  #rowsOf(place: TopicPartition): TableRows {
    const name = nameOf(place)
    const rows = this.#tables.get(name) ?? new TableRows(name, this.#database.tree(name), this.#hot)
    this.#tables.set(name, rows)
    return rows
  }

  copyOf(place: TopicPartition): Copy | undefined {
    const bytes = this.#database.notes.get(copyKeyOf(place))
    return bytes && (JSON.parse(String(bytes)) as Copy)
  }

  forget(places: readonly TopicPartition[]): Promise<void> {
    return this.#inTurn(async () => {
      this.#hot.clear()
      for (const place of places) {
        const { tree } = this.#rowsOf(place)
        this.#tables.delete(nameOf(place))
        await this.#database.write(() => {
          this.#database.notes.remove(copyKeyOf(place))
          tree.clear()
        })
      }
    })
  }

  get failure(): Error | undefined {
    return this.#failure
  }

  // A unit takes what its read throws for a bug of its own: the session learns of it here.
  #fail(error: unknown): never {
    this.#failure ??= this.#options.failureOf(error)
    throw this.#failure
  }

  get changedBytes(): number {
    let sum = 0
    for (const rows of this.#tables.values()) sum += rows.changedBytes
    return sum
  }

  spill(): Promise<void> {
    const [largest] = [...this.#tables.values()].sort((a, b) => b.changedBytes - a.changedBytes)
    return this.#inTurn(async () => {
      if (!largest) return
      await this.#write(largest)
      // Rows that only come back are not in use: they would push each other out of the hot ones.
      this.#hot.clear()
      largest.written({ isInUse: false })
    })
  }

  checkpoint(copies: readonly PlacedCopy[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const rows of this.#tables.values()) {
        await this.#write(rows)
        rows.written({ isInUse: true })
      }
      await this.#database.write(() => this.#note(copies))
      this.#options.onWritten()
    })
  }

  // One after the other: the rows of a table are written once at a time, and positions follow their rows.
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => this.#fail(error))
    // Whoever asked for it hears of it; whoever comes next must not be the first to listen.
    this.#last.catch(() => undefined)
    return this.#last
  }

  async #write(rows: TableRows): Promise<void> {
    if (rows.changedBytes === 0) return
    const changed = rows.writing()
    // The order of strings is near enough to that of the tree: it touches its pages one after the other.
    const all = [...changed.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    for (let at = 0; at < all.length; at += writtenAtOnceMax) {
      await this.#database.write(() => {
        for (const [key, row] of all.slice(at, at + writtenAtOnceMax)) {
          if (row === null) rows.tree.remove(key)
          else rows.tree.put(key, unpacked(row))
        }
      })
    }
  }

  #note(copies: readonly PlacedCopy[]): void {
    const { notes } = this.#database
    for (const { topic, partition, ...copy } of copies) {
      notes.put(copyKeyOf({ topic, partition }), Buffer.from(JSON.stringify(copy)))
    }
    if (this.schemas.size === this.#schemasKept) return
    this.#schemasKept = this.schemas.size
    notes.put(schemasKey, Buffer.from(this.schemas.text()))
  }

  size(): { readonly bytes: number; readonly rows: number } {
    let rows = 0
    for (const { tree } of this.#tables.values()) rows += tree.size().rows
    return { bytes: this.#database.fileBytes(), rows }
  }

  async close(isFinal: boolean): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#options.onClosed(isFinal)
  }
}
