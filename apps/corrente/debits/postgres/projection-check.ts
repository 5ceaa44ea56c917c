import type { FeedListener } from '#apps/corrente/debits/partition-feeds'
import type { OpenProjection } from '#apps/corrente/debits/postgres/open-projection'
import { type Cells, RowComparison } from '#apps/corrente/debits/postgres/row-comparison'
import {
  accountsTable,
  decisionsTable,
  entriesTable,
  linesTable,
  postingsTable,
  type ProjectedDebits,
} from '#apps/corrente/debits/postgres/tables'
import { compareKeys } from '#core/key-range'
import { debitDecisions, ledgerEntries, statementEntries } from '#schemas/topics'
import type { Placed } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

type Projected = Pick<OpenProjection, 'positionOf' | 'rowsOf'>

/**
 * The tables of debits against the records they are made of, row by row. The tables say how far into each topic they
 * go, and that far they are compared, whatever of it was verified otherwise. Partitions come one behind the other.
 */
export class ProjectionCheck {
  readonly #projection: Projected
  readonly #decisions
  readonly #accounts
  readonly #entries
  readonly #postings
  readonly #lines

  constructor(projection: Projected, violations: Violations) {
    this.#projection = projection
    const comparing = <Value>(table: ProjectedDebits<Value>) =>
      new RowComparison({ table, next: projection.rowsOf(table), violations })
    this.#decisions = comparing(decisionsTable)
    this.#accounts = comparing(accountsTable)
    this.#entries = comparing(entriesTable)
    this.#postings = comparing(postingsTable)
    this.#lines = comparing(linesTable)
  }

  /** Compares one partition; call `ended` when all of it was handed over. */
  partition(partition: number): FeedListener & { ended(): Promise<void> } {
    const endOf = ({ name: topic }: { readonly name: string }) =>
      this.#projection.positionOf({ topic, partition })
    const ends = {
      decisions: endOf(debitDecisions),
      entries: endOf(ledgerEntries),
      lines: endOf(statementEntries),
    }
    const accounts = new Map<string, Cells>()
    return {
      decided: async (found) => {
        for (const { value, offset } of below(found, ends.decisions)) {
          for (const row of decisionsTable.rowsOf(value, offset)) await this.#decisions.expect(row)
          for (const row of accountsTable.rowsOf(value, offset)) accounts.set(value.account_id, row)
        }
      },
      booked: async (found) => {
        for (const { value, offset } of below(found, ends.entries)) {
          for (const row of entriesTable.rowsOf(value, offset)) await this.#entries.expect(row)
          for (const row of postingsTable.rowsOf(value, offset)) await this.#postings.expect(row)
        }
      },
      lined: async (found) => {
        for (const { value, offset } of below(found, ends.lines)) {
          for (const row of linesTable.rowsOf(value, offset)) await this.#lines.expect(row)
        }
      },
      ended: async () => {
        const sorted = [...accounts].sort(([a], [b]) => compareKeys(a, b))
        for (const [, row] of sorted) await this.#accounts.expect(row)
      },
    }
  }

  /** All partitions were handed over. */
  async ended(): Promise<void> {
    await this.#decisions.end()
    await this.#accounts.end()
    await this.#entries.end()
    await this.#postings.end()
    await this.#lines.end()
  }

  /** Rows that were compared, by table. */
  counts(): Readonly<Record<string, number>> {
    return {
      accounts: this.#accounts.count,
      decisions: this.#decisions.count,
      ledger_entries: this.#entries.count,
      ledger_postings: this.#postings.count,
      statement_lines: this.#lines.count,
    }
  }
}

const below = <Value>(found: readonly Placed<Value>[], end: number): readonly Placed<Value>[] =>
  found.filter(({ offset }) => offset < end)
