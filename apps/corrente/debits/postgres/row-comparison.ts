import { compareKeys } from '#core/key-range'
import { differing } from '#streams/debits/verification/differing'
import type { ViolationKind, Violations } from '#streams/debits/verification/violations'

/** A row, cell by cell, all of them as text. */
export type Cells = readonly (string | null)[]

/** A table as it is compared: the first columns are its key, by which its rows come in order. */
export interface ComparedTable {
  readonly name: string
  readonly columns: readonly string[]
  /** Whether each part of the key is in the order of numbers, or of texts. */
  readonly key: readonly ('number' | 'text')[]
}

interface Comparing {
  readonly table: ComparedTable
  /** The next row that is there, in the order of the key; none at the end. */
  readonly next: () => Promise<Cells | undefined>
  readonly violations: Violations
}

/** So many rows may wait for their counterpart out of order; what is beyond is told without waiting. */
const waitingMax = 100_000

/**
 * Rows that should be there against those that are, both read once, in the order of their key. Where one of them comes
 * out of order (a dead letter that was sent back, which is decided late and named by its first place) it is kept until
 * its counterpart comes.
 */
export class RowComparison {
  /** Rows that were compared. */
  count = 0
  readonly #comparing: Comparing
  #found: Cells | undefined
  #isEnded = false
  readonly #wanted = new Map<string, Cells>()
  readonly #unasked = new Map<string, Cells>()

  constructor(comparing: Comparing) {
    this.#comparing = comparing
  }

  /** The next row that should be there. */
  async expect(wanted: Cells): Promise<void> {
    this.count += 1
    for (;;) {
      const found = await this.#peek()
      const order = found ? this.#order(found, wanted) : 1
      if (found && order < 0) this.#meet(found, this.#wanted, this.#unasked, 'unasked-in-postgres')
      else if (found && order === 0) this.#compare(wanted, found)
      else this.#meet(wanted, this.#unasked, this.#wanted, 'missing-in-postgres')
      if (order <= 0) this.#found = undefined
      if (order >= 0) return
    }
  }

  /** No more rows should be there. */
  async end(): Promise<void> {
    for (let found = await this.#peek(); found; found = await this.#peek()) {
      this.#meet(found, this.#wanted, this.#unasked, 'unasked-in-postgres')
      this.#found = undefined
    }
    for (const wanted of this.#wanted.values()) this.#note('missing-in-postgres', wanted)
    for (const found of this.#unasked.values()) this.#note('unasked-in-postgres', found)
  }

  async #peek(): Promise<Cells | undefined> {
    if (this.#found || this.#isEnded) return this.#found
    this.#found = await this.#comparing.next()
    this.#isEnded = this.#found === undefined
    return this.#found
  }

  #order(one: Cells, other: Cells): number {
    let at = 0
    for (const kind of this.#comparing.table.key) {
      const [a, b] = [one[at] ?? '', other[at] ?? '']
      const order = kind === 'number' ? Number(a) - Number(b) : compareKeys(a, b)
      if (order !== 0) return order
      at += 1
    }
    return 0
  }

  /** A row without its counterpart: it came before, or is to come, or never does. */
  #meet(
    row: Cells,
    others: Map<string, Cells>,
    own: Map<string, Cells>,
    kind: 'missing-in-postgres' | 'unasked-in-postgres',
  ): void {
    const key = this.#keyOf(row)
    const other = others.get(key)
    if (other) {
      others.delete(key)
      if (kind === 'missing-in-postgres') this.#compare(row, other)
      else this.#compare(other, row)
    } else if (own.has(key) || own.size >= waitingMax) this.#note(kind, row)
    else own.set(key, row)
  }

  #compare(wanted: Cells, found: Cells): void {
    if (wanted.every((cell, at) => cell === found[at])) return
    const differences = differing(this.#named(wanted), this.#named(found))
    this.#note('wrong-in-postgres', wanted, differences.join(', '))
  }

  #note(kind: ViolationKind, row: Cells, what = ''): void {
    const { table, violations } = this.#comparing
    const account_id = this.#named(row)['account_id'] ?? null
    violations.note({ kind, at: `${table.name} ${this.#keyOf(row)}`, account_id, what })
  }

  #keyOf(row: Cells): string {
    return row.slice(0, this.#comparing.table.key.length).join(':')
  }

  #named(row: Cells): Readonly<Record<string, string | null>> {
    const { columns } = this.#comparing.table
    return Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null]))
  }
}
