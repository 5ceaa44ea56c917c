import pg from 'pg'
import { within } from '#apps/platform/deadline'
import { migrate, type TableMigration } from '#apps/platform/projection/migrate'
import { isWithoutTables, postgresFailure } from '#apps/platform/projection/postgres-failure'
import type { ProjectedTable } from '#apps/platform/projection/projected-table'
import { positionsIn } from '#apps/platform/projection/positions-in'
import { keptText, quoted, tableStatement } from '#apps/platform/projection/table-statement'
import {
  PositionsMovedError,
  type ProjectedRecord,
  type ProjectionBatch,
  type ProjectionPosition,
  type ProjectionStore,
  RowsRefusedError,
} from '#ports/projection-store'

/** Where rows go, and which. */
export interface PostgresPlace {
  /** `postgres://…`; may hold a password. */
  readonly url: string
  /** Of the positions. */
  readonly projection: string
  /** Holds the tables, the positions and nothing else. */
  readonly schema: string
  readonly tables: readonly ProjectedTable[]
  readonly migrations: readonly TableMigration[]
}

const connectMsMax = 5_000
const goodbyeMsMax = 1_000
/** Longest answer; what is silent for longer is taken for away, milliseconds. */
const answerMsMax = 60_000
/** Longest wait for another projector's transaction, and how long one may lie there with nobody at it, milliseconds. */
const lockMsMax = 10_000

/** Opens nothing yet: a connection is made when it is needed, and made anew where one broke. */
export const openPostgresStore = (place: PostgresPlace): ProjectionStore => new PostgresStore(place)

class PostgresStore implements ProjectionStore {
  readonly advice: ProjectionStore['advice']
  readonly #place: PostgresPlace
  readonly #positions: ReturnType<typeof positionsIn>
  readonly #writers: readonly Writer[]
  #connection: Promise<pg.Client> | undefined
  #isMigrated = false
  /** Questions that are under way. */
  #asking = 0
  #isClosed = false

  constructor(place: PostgresPlace) {
    const { schema, projection, tables } = place
    this.#place = place
    this.#positions = positionsIn(schema, projection)
    this.#writers = tables.map((table) => ({ table, statement: tableStatement(schema, table) }))
    this.advice = {
      rebuild: `stop the projectors, then: drop schema ${quoted(schema)} cascade`,
      passOver: (record) => this.#positions.passOver(record),
    }
  }

  positions(): Promise<readonly ProjectionPosition[]> {
    return this.#asked(async (client) => {
      if (!this.#isMigrated) await migrate({ ...this.#place, client })
      this.#isMigrated = true
      return this.#positions.all(client)
    })
  }

  begin(positions: readonly ProjectionPosition[]): Promise<void> {
    return this.#asked((client) => this.#positions.begin(client, positions))
  }

  apply(batch: ProjectionBatch): Promise<void> {
    return this.#asked(async (client) => {
      await client.query('begin')
      if (!(await this.#positions.move(client, batch.moves))) {
        await client.query('rollback')
        throw new PositionsMovedError(`of ${this.#place.projection} a position was moved`)
      }
      for (const writer of this.#writers) await write(client, writer, batch.records)
      await client.query('commit')
    })
  }

  async reachable(): Promise<void> {
    // A batch that is under way hears of it itself.
    if (this.#asking === 0) await this.#asked((client) => client.query('select 1'))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#letGo()
  }

  async #asked<T>(ask: (client: pg.Client) => Promise<T>): Promise<T> {
    this.#asking += 1
    try {
      return await ask(await (this.#connection ??= this.#connected()))
    } catch (error) {
      if (error instanceof PositionsMovedError) throw error
      // A connection whose transaction failed is not used again: that ends the transaction, whatever became of it.
      await this.#letGo()
      if (isWithoutTables(error)) this.#isMigrated = false
      throw postgresFailure(error)
    } finally {
      this.#asking -= 1
    }
  }

  async #connected(): Promise<pg.Client> {
    if (this.#isClosed) throw new Error('the store was closed')
    const client = new pg.Client({
      connectionString: this.#place.url,
      application_name: this.#place.projection,
      connectionTimeoutMillis: connectMsMax,
      query_timeout: answerMsMax,
      lock_timeout: lockMsMax,
      // A projector that was stopped in the middle must not hold the positions from another.
      idle_in_transaction_session_timeout: lockMsMax,
      keepAlive: true,
    })
    // One that breaks while nobody asks is noticed by the next question.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  async #letGo(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    const client = await connection?.catch(() => undefined)
    if (!client) return
    // One that is silent does not say goodbye, either.
    const late = () => new Error('no goodbye')
    await within(goodbyeMsMax, client.end(), late).catch(() => undefined)
  }
}

interface Writer {
  readonly table: ProjectedTable
  readonly statement: ReturnType<typeof tableStatement>
}

async function write(
  client: pg.Client,
  { table, statement }: Writer,
  records: readonly ProjectedRecord[],
): Promise<void> {
  const { name: topic } = table.topic
  const own = records.filter((record) => record.topic === topic)
  if (own.length === 0) return
  const cells = cellsOf(table, own)
  if (cells[0]?.length) await client.query({ ...statement, values: cells })
}

/** A record that has no rows by a mistake of ours is none that is passed over. */
function cellsOf(table: ProjectedTable, records: readonly ProjectedRecord[]) {
  try {
    const cells = table.cellsOf(records)
    return table.columns.map(({ kind }, index) =>
      kind === 'text' ? cells[index]!.map(keptText) : cells[index]!,
    )
  } catch (error) {
    throw new RowsRefusedError(`no row of ${table.name} can be made: ${(error as Error).name}`)
  }
}
