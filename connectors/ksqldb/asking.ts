import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import type { Completeness, Ksqldb, KsqlOptions, KsqlRow, Witness, Witnesses } from '#ports/ksqldb'
import { identifier, ksql, type KsqlText } from '#ports/ksql-text'

export interface KsqlTableOptions {
  readonly client: Ksqldb
  /** Its name, and those of its key and of the columns that are read, as without quotes. */
  readonly table: string
  readonly key: string
  readonly columns: readonly string[]
  /** Reads the log; throws where it cannot say. */
  readonly witnesses: (options?: KsqlOptions) => Promise<Witnesses>
  /** Witnesses older than this are taken anew, milliseconds. */
  readonly witnessMs?: number
}

/** What is asked beside the witnesses. */
export interface Asked {
  readonly where: KsqlText
  readonly isWanted: (row: KsqlRow) => boolean
}

const witnessMsDefault = 30_000

const unknown = (reason: string): Completeness => ({ state: 'unknown', reason })

/** Questions to one table, with its witnesses asked along. */
export class Asking {
  readonly #given: KsqlTableOptions
  #witnesses: Witnesses | undefined

  constructor(given: KsqlTableOptions) {
    this.#given = given
  }

  /** Whether the witnesses are shown now. */
  async shown(options: KsqlOptions | undefined): Promise<Completeness> {
    try {
      const witnesses = await this.#current(options)
      if (witnesses.rows.length === 0) return complete(witnesses)
      const seen = new Set<string>()
      const query = this.#query(undefined, witnesses.rows)
      for await (const row of this.#given.client.pull(query, options))
        this.#note(seen, row, witnesses)
      return this.#judge(witnesses, seen)
    } catch (error) {
      if (error instanceof KsqlUnavailable) return unknown(error.message)
      throw error
    }
  }

  /** The rows that are wanted, and at the end whether the witnesses were among the answer. */
  async *rows(
    { where, isWanted }: Asked,
    options: KsqlOptions | undefined,
  ): AsyncGenerator<KsqlRow, Completeness, undefined> {
    const witnesses = await this.#current(options)
    const keys = new Set(witnesses.rows.map(({ key }) => key))
    const seen = new Set<string>()
    const query = this.#query(where, witnesses.rows)
    for await (const row of this.#given.client.pull(query, options)) {
      this.#note(seen, row, witnesses)
      if (!keys.has(this.#keyOf(row)) || isWanted(row)) yield row
    }
    return this.#judge(witnesses, seen)
  }

  async #current(options: KsqlOptions | undefined): Promise<Witnesses> {
    const { witnesses, witnessMs = witnessMsDefault } = this.#given
    const kept = this.#witnesses
    if (kept && Date.now() - kept.takenAtMs < witnessMs) return kept
    this.#witnesses = undefined
    try {
      return (this.#witnesses = await witnesses(options))
    } catch (error) {
      options?.signal?.throwIfAborted()
      throw new KsqlUnavailable(
        `what the table must hold is not known: ${(error as Error).message}`,
      )
    }
  }

  /** The rows that are asked for and the witnesses; the key and ROWTIME, and the columns where rows are asked for. */
  #query(where: KsqlText | undefined, rows: readonly Witness[]): KsqlText {
    const { table, key, columns } = this.#given
    const own = [key.toUpperCase(), 'ROWTIME']
    const others = where ? columns.map((one) => one.toUpperCase()) : []
    const names = [...new Set([...own, ...others])].map(identifier)
    const selected = names.reduce((all, one) => ksql`${all}, ${one}`)
    const witnessed = rows.map((witness) => ksql`${identifier(key)} = ${witness.key}`)
    const conditions = [...(where ? [where] : []), ...witnessed]
    const condition = conditions.reduce((all, one) => ksql`${all} OR ${one}`)
    return ksql`SELECT ${selected} FROM ${identifier(table)} WHERE ${condition};`
  }

  #keyOf(row: KsqlRow): string {
    const key = row[this.#given.key.toUpperCase()]
    return typeof key === 'string' ? key : ''
  }

  #note(seen: Set<string>, row: KsqlRow, { rows }: Witnesses): void {
    const key = this.#keyOf(row)
    const rowtime = row['ROWTIME']
    const isShown = rows.some(
      (one) => one.key === key && BigInt(one.rowtimeMs) <= (rowtime as bigint),
    )
    if (isShown) seen.add(key)
  }

  // A witness may have been deleted since it was taken: the next question takes them anew.
  #judge(witnesses: Witnesses, seen: ReadonlySet<string>): Completeness {
    const missing = witnesses.rows.length - seen.size
    if (missing === 0) return complete(witnesses)
    this.#witnesses = undefined
    return unknown(`${missing} of ${witnesses.rows.length} partitions do not show their last row`)
  }
}

const complete = ({ takenAtMs }: Witnesses): Completeness => ({
  state: 'complete',
  asOfMs: takenAtMs,
})
