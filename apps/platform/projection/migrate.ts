import knex, { type Knex } from 'knex'
import type pg from 'pg'
import { quoted } from '#apps/platform/projection/table-statement'

/** A step by which a schema becomes what it is to be. Once it was released it stays as it is. */
export interface TableMigration {
  /** Tells it from all others; they are made in the order of their list. */
  readonly name: string
  readonly up: (tables: Knex.SchemaBuilder, functions: Knex.FunctionHelper) => Knex.SchemaBuilder
}

interface Migrating {
  /** Holds the lock; migrations are made by a connection of their own. */
  readonly client: Pick<pg.Client, 'query'>
  readonly url: string
  readonly schema: string
  readonly migrations: readonly TableMigration[]
}

/** Where every projection keeps its positions: in its own schema, so that they go with its rows. */
const positionsTable: TableMigration = {
  name: '0000-positions',
  up: (tables, functions) =>
    tables.createTable('projection_offsets', (table) => {
      table.text('projection')
      table.text('topic')
      table.integer('partition')
      table.bigInteger('next_offset').notNullable()
      table.text('cluster').notNullable()
      table.timestamp('moved_at').notNullable().defaultTo(functions.now())
      table.primary(['projection', 'topic', 'partition'])
    }),
}

/**
 * Brings the schema up to the last migration. Who comes while another is at it waits: for a lock that goes with its
 * connection, where that of knex, a row, would stay for ever behind one that was killed.
 */
export async function migrate({ client, url, schema, migrations }: Migrating): Promise<void> {
  const lock = [`corrente projection ${schema}`]
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', lock)
  try {
    await client.query(`create schema if not exists ${quoted(schema)}`)
    await made([positionsTable, ...migrations], schema, url)
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', lock)
  }
}

async function made(
  migrations: readonly TableMigration[],
  schema: string,
  url: string,
): Promise<void> {
  const database = knex({
    client: 'pg',
    connection: { connectionString: url, connectionTimeoutMillis: 5_000 },
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: 10_000,
    // What goes wrong is thrown; it would be written to the console besides.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  })
  const settings: Knex.MigratorConfig = {
    schemaName: schema,
    tableName: 'projection_migrations',
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: ({ name }: TableMigration) => name,
      getMigration: async ({ up }: TableMigration) => ({
        up: async (transaction) =>
          void (await up(transaction.schema.withSchema(schema), transaction.fn)),
        down: async () => Promise.reject(new Error('a projection is built anew, not turned back')),
      }),
    },
  }
  try {
    // Left by one that was killed: nobody else migrates now.
    await database.migrate.forceFreeMigrationsLock(settings)
    await database.migrate.latest(settings)
  } finally {
    await database.destroy()
  }
}
