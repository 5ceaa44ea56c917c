import pg from 'pg'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'
import { movementsDatabaseOf } from '#apps/platform/movements/movement-sources'
import { queryFailure } from '#apps/platform/movements/query-failure'
import type { QueryFile } from '#apps/platform/movements/query-file'

const { ok, problem } = findingsOf('movements')

const connectMsMax = 5_000
const planMsMax = 10_000
const planning = 'explain\n'

/** Whether Postgres would run the queries of movements. It plans them, and runs none. */
export async function checkMovements(env: Environment): Promise<readonly Finding[]> {
  const database = movementsDatabaseOf(env)
  if (!database) {
    return [ok('CORRENTE_MOVEMENTS_DATABASE_URL is not set: no database of movements was examined')]
  }
  const client = new pg.Client({
    connectionString: database.url,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: planMsMax,
    application_name: 'corrente-doctor',
  })
  // One that breaks is told by the question.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = []
    for (const query of [database.query, database.version]) {
      if (query) found.push(await planned(client, query))
    }
    return found
  } catch (error) {
    return [problem(queryFailure(error).message)]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function planned(client: pg.Client, query: QueryFile): Promise<Finding> {
  const values = query.takesFilter ? [null, null, null] : [null, null]
  try {
    await client.query(planning + query.text, values)
    return ok(`Postgres at ${client.host}:${client.port} can run ${query.setting}`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const { message, position } = error
    if (position !== undefined) error.position = String(Number(position) - planning.length)
    // Nothing was read, so Postgres' own words have no movement in them.
    return problem(`${queryFailure(error, query).message}: ${message}`)
  }
}
