import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Postgres, startPostgres } from '#compose/embedded/postgres'

/** A Postgres of the test's own. */
export interface DatabasePlace {
  readonly url: string
  /** The rows of a query. Opens and closes a connection. */
  rows(text: string): Promise<readonly Record<string, unknown>[]>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

export async function openDatabasePlace(portBase: number): Promise<DatabasePlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'projection-'))
  await chmod(dataDir, 0o711)
  const report = () => undefined
  let postgres: Postgres
  const start = async () => {
    postgres = await startPostgres({ dataDir, portBase, report })
  }
  await start()
  const { url } = postgres!
  return {
    url,
    async rows(text) {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      try {
        return (await client.query<Record<string, unknown>>(text)).rows
      } finally {
        await client.end()
      }
    },
    start,
    stop: () => postgres.stop(),
    async remove() {
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
