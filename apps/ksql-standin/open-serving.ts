import { Catalog } from '#apps/ksql-standin/catalog'
import type { KsqlStandinSettings } from '#apps/ksql-standin/config'
import { openDatabase } from '#apps/ksql-standin/database/database'
import { keepAlone } from '#apps/ksql-standin/database/keep-alone'
import { newAdmission } from '#apps/ksql-standin/http/admission'
import type { Serving } from '#apps/ksql-standin/http/serving'
import type { LoaderPorts } from '#apps/ksql-standin/load/loader'
import { schemaDirectory } from '#apps/ksql-standin/load/schema-directory'
import { WriterSchemas } from '#apps/ksql-standin/load/writer-schemas'
import { topicDirectory } from '#apps/ksql-standin/topic-directory'
import { clusterOf } from '#apps/platform/cluster'
import type { PlatformSettings } from '#apps/platform/settings'
import type { Log } from '#core/log'
import { openOffsetSource } from '#core/offset-source'

/** Everything the endpoints work with, opened. */
export interface OpenServing extends Serving {
  /** Sentences about what keeps tables from being read, or Postgres from answering. */
  problems(): Promise<readonly string[]>
  close(): Promise<void>
}

interface Dependencies {
  readonly settings: KsqlStandinSettings
  readonly platform: PlatformSettings
  readonly log: Log
  readonly onSkipped: LoaderPorts['onSkipped']
}

const connectionsMax = 12
const queriesMax = 1_000
const scansMax = 8

/** Opens them; throws a sentence where Postgres or Kafka is away, or another stand-in works on this database. */
export async function openServing(given: Dependencies): Promise<OpenServing> {
  const { settings, platform, log, onSkipped } = given
  const { kafka } = platform
  const registry = platform.registry && schemaDirectory(platform.registry)
  const { databaseUrl: url, queryMsMax } = settings
  const database = openDatabase({ url, queryMsMax, queriesMax: connectionsMax })
  const alone = await keepAlone(url).catch(unreachable)
  try {
    await database.prepare()
    const clusterId = await clusterOf(kafka)()
    const offsets = await openOffsetSource(kafka)
    const schemas = new WriterSchemas(registry ?? noRegistry)
    const loading: LoaderPorts = { kafka, offsets, schemas, log, onSkipped }
    const catalog = await Catalog.open(database.owner, loading, clusterId)
    return {
      catalog,
      database,
      registry,
      clusterId,
      topics: topicDirectory(kafka),
      admission: newAdmission({ queriesMax, scansMax }),
      properties: { 'ksql.query.pull.table.scan.enabled': settings.areScansOn },
      problems: async () => [
        ...(await databaseProblems(database.owner, alone.isHeld())),
        ...catalog.tables().flatMap(({ source: { name }, loader }) => {
          const problem = loader.problem()
          return problem === undefined ? [] : [`table ${name} is not read on: ${problem}`]
        }),
      ],
      async close() {
        await catalog.close()
        await offsets.close()
        await database.close()
        await alone.release()
      },
    }
  } catch (error) {
    await database.close()
    await alone.release()
    throw error
  }
}

const noRegistry = {
  byId: async () => undefined,
  latest: async () => undefined,
}

const unreachable = (error: Error): never => {
  throw new Error(`the Postgres of DATABASE_URL cannot be used: ${error.message}`)
}

async function databaseProblems(
  owner: { query(text: string): Promise<unknown> },
  isAlone: boolean,
): Promise<readonly string[]> {
  try {
    await owner.query('select 1')
  } catch (error) {
    return [`the Postgres of DATABASE_URL does not answer: ${(error as Error).message}`]
  }
  return isAlone ? [] : ['another stand-in for ksqlDB works on this database: stop one of them']
}
