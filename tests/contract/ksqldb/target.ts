import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startKsqlStandin } from '#apps/ksql-standin/main'
import { startPostgres } from '#compose/embedded/postgres'
import type { Place } from '#tests/contract/ksqldb/records'
import { platformOf, type TestStack } from '#tests/stack'

/** A server that the contract is held against, and where its topics are. */
export interface Target extends Place {
  readonly url: string
  readonly isStandIn: boolean
  stop(): Promise<void>
}

/**
 * The server that `KSQLDB_URL` names, which must be a fresh one on the Kafka of `KAFKA_BROKERS` and the registry of
 * `SCHEMA_REGISTRY_URL`; else the stand-in, on the stack of the tests.
 */
export async function contractTarget(
  stack: TestStack,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Target> {
  const { KSQLDB_URL: url, KAFKA_BROKERS: brokers, SCHEMA_REGISTRY_URL: registryUrl } = env
  if (!url) return startStandIn(stack)
  if (!brokers || !registryUrl) {
    throw new Error('KSQLDB_URL is set: set KAFKA_BROKERS and SCHEMA_REGISTRY_URL to what it uses')
  }
  return { url, brokers, registryUrl, isStandIn: false, stop: async () => undefined }
}

/** A stand-in with an empty Postgres of its own. */
export async function startStandIn(
  stack: TestStack,
  settings: Readonly<Record<string, string>> = {},
): Promise<Target & { readonly databaseUrl: string; restart(): Promise<string> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'standin-'))
  await chmod(dataDir, 0o711)
  const report = () => undefined
  const postgres = await startPostgres({ dataDir, portBase: stack.portBase, report })
  const env = {
    ...platformOf(stack),
    LOG_LEVEL: 'silent',
    DATABASE_URL: postgres.url,
    ...settings,
  }
  let app = await startKsqlStandin({ ...env, PORT: '0' })
  const port = new URL(app.url).port
  return {
    url: app.url,
    brokers: stack.brokers,
    registryUrl: stack.registryUrl,
    isStandIn: true,
    databaseUrl: postgres.url,
    async restart() {
      await app.close()
      app = await startKsqlStandin({ ...env, PORT: port })
      return app.url
    },
    async stop() {
      await app.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
