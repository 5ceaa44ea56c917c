import { createHash } from 'node:crypto'
import { type Change, expectDeclared, type Row, type Rows } from '#core/rows'
import type { RowTree, StateDatabase } from '#core/state-database'
import { readStoredRow, storedRow } from '#core/stored-row'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** How many trees the rows of a table take. */
export const treesOfRows = 2

/** The library takes keys of 1,978 bytes, and an entry is an index, a value and a key. */
const nameBytesMax = 700
/** Ends the index and the value in an entry. */
const delimiter = '\u0000'
const behindDelimiter = '\u0001'
/** What lies under an entry: the entry says it all, and the library wants a value. */
const present = Buffer.from([1])

interface Options {
  readonly topic: AnyTopic
  readonly wire: Pick<Wire, 'decode'>
  /** Of these rows alone. */
  readonly database: StateDatabase
  /** What it means that the file could not be written. */
  readonly failureOf: (cause: unknown) => Error
}

/** What becomes of one row: its bytes, none where it goes, and the entries it leaves and enters. */
interface Write {
  readonly name: string
  readonly stored: Buffer | undefined
  readonly left: readonly string[]
  readonly entered: readonly string[]
}

/**
 * Rows in a file, as the bytes that came, decoded each time they are read; beside them an entry for each value of an
 * index. A batch is one transaction of the file.
 */
export class DiskRows implements Rows {
  readonly #options: Options
  readonly #rows: RowTree
  readonly #entries: RowTree
  #isClosed = false

  constructor(options: Options) {
    this.#options = options
    this.#rows = options.database.tree('rows')
    this.#entries = options.database.tree('entries')
  }

  get(key: string): Row | undefined {
    this.#expectOpen()
    return this.#rowAt(nameOf(key))
  }

  where(index: string, value: string): readonly Row[] {
    expectDeclared(this.#options.topic, index)
    this.#expectOpen()
    const found = `${index}${delimiter}${nameOf(value)}`
    const begin = found + delimiter
    const rows: Row[] = []
    for (const [entry] of this.#entries.range({ gte: begin, lt: found + behindDelimiter })) {
      const row = this.#rowAt(entry.slice(begin.length))
      if (row) rows.push(row)
    }
    return rows
  }

  async apply(changes: readonly Change[]): Promise<void> {
    this.#expectOpen()
    if (changes.length === 0) return
    const { database, failureOf } = this.#options
    // Of two changes of one key only the later is seen.
    const last = new Map(changes.map((change) => [nameOf(change.key), change]))
    // The order of strings is near enough to that of the tree: it touches its pages one after the other.
    const sorted = [...last].sort(([a], [b]) => (a < b ? -1 : 1))
    const writes = sorted.map(([name, change]) => this.#writeOf(name, change))
    try {
      await database.write(() => writes.forEach((write) => this.#make(write)))
    } catch (error) {
      throw failureOf(error)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#options.database.close()
  }

  // The library reads through a pointer that a closed file no longer has.
  #expectOpen(): void {
    if (this.#isClosed) throw new Error(`the rows of ${this.#options.topic.name} are closed`)
  }

  #rowAt(name: string): Row | undefined {
    const stored = this.#rows.get(name)
    if (!stored) return undefined
    const { head, value } = readStoredRow(stored)
    const { topic, wire } = this.#options
    const decoded = wire.decode(topic, value, head.key)
    if (decoded.kind !== 'value') return undefined
    return { value: decoded.value as Row['value'], version: head.version, story: head.story }
  }

  #writeOf(name: string, change: Change): Write {
    const { indexes } = this.#options.topic
    const stored = indexes.length === 0 ? undefined : this.#rows.get(name)
    const before = stored ? this.#entriesOf(name, readStoredRow(stored).head.indexed) : []
    if (!change.row) return { name, stored: undefined, left: before, entered: [] }
    const { value, version, story } = change.row
    const indexed = indexes.map((index) => nameOf(String(value[index])))
    const after = this.#entriesOf(name, indexed)
    return {
      name,
      stored: storedRow({ key: change.key, version, story, indexed }, change.bytes),
      left: before.filter((entry) => !after.includes(entry)),
      entered: after.filter((entry) => !before.includes(entry)),
    }
  }

  #entriesOf(name: string, indexed: readonly string[]): readonly string[] {
    return this.#options.topic.indexes.map(
      (index, at) => `${index}${delimiter}${indexed[at]}${delimiter}${name}`,
    )
  }

  #make({ name, stored, left, entered }: Write): void {
    if (stored) this.#rows.put(name, stored)
    else this.#rows.remove(name)
    for (const entry of left) this.#entries.remove(entry)
    for (const entry of entered) this.#entries.put(entry, present)
  }
}

/** What a key, or a value of an index, is called on the disk: itself, or its digest where it has no room there. */
function nameOf(text: string): string {
  const hasRoom = Buffer.byteLength(text) <= nameBytesMax && !text.includes(delimiter)
  return hasRoom ? `=${text}` : `#${createHash('sha256').update(text).digest('hex')}`
}
