import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '#apps/corrente/place'
import { wholeCsv } from '#streams/exports/csv/csv-samples'
import { openDatabasePlace } from '#tests/contract/projection/place'
import { freePortBase } from '#tests/free-ports'

/** A database of receipts, laid out and asked as the documentation has it. */
export interface Bank {
  /** What the API and the worker are told, so that it is their source `postgres`. */
  readonly settings: Readonly<Record<string, string>>
  /** Puts the receipts of a CSV into it, as a batch that is so since an instant. */
  put(
    batch: { readonly tenantId: string; readonly batchId: string },
    csv: Buffer,
    since: Date,
  ): Promise<void>
  stop(): Promise<void>
}

const documented = (file: string) => join(root, 'docs', 'movements', file)

export async function openBank(): Promise<Bank> {
  const place = await openDatabasePlace(await freePortBase())
  await place.rows(readFileSync(documented('schema.sql'), 'utf8'))
  return {
    settings: {
      CORRENTE_MOVEMENTS_DATABASE_URL: place.url,
      CORRENTE_MOVEMENTS_QUERY_FILE: documented('movements.sql'),
      CORRENTE_MOVEMENTS_VERSION_FILE: documented('version.sql'),
    },
    async put({ tenantId, batchId }, csv, since) {
      const { format, records } = await wholeCsv(csv)
      const client = new pg.Client({ connectionString: place.url })
      await client.connect()
      await client.query('begin')
      const batch = [tenantId, batchId]
      await client.query('insert into bank.batches values ($1, $2, 1, $3)', [...batch, since])
      const columns = format.columns.map((name) => (name === 'batch' ? 'batch_id' : name))
      const places = columns.map((_, at) => `$${at + 2}`)
      for (const { cells } of records) {
        await client.query(
          `insert into bank.receipts (tenant_id, ${columns.join()}) values ($1, ${places.join()})`,
          [tenantId, ...cells.values],
        )
      }
      await client.query('commit')
      await client.end()
    },
    stop: () => place.remove(),
  }
}
