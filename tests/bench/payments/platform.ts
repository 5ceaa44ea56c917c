import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { AppSpec } from '#apps/corrente/app-process'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { debitProjection } from '#apps/debit-projector/main'
import { withAdmin } from '#apps/platform/admin'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { startPostgres } from '#compose/embedded/postgres'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { removeGroups, removeLeftovers } from '#tests/bench/engine/leftovers'
import { cpuSecondsOfChildren } from '#tests/bench/engine/procfs'
import { type AppName, type RunningApp, RunningApps } from '#tests/bench/payments/running-apps'
import { secondWorkerOf } from '#tests/second-worker'
import { until } from '#tests/until'

/** The platform on the bench's stack: topics, schemas, and the apps as `corrente start` runs them. */
export interface Platform {
  readonly folder: string
  readonly portBase: number
  readonly addresses: ReturnType<typeof addressesOf>
  /** Postgres as the apps have it. */
  readonly databaseUrl: string
  /** CPU of Postgres for the connections it has, seconds. */
  databaseCpuSeconds(): number
  /** Topics, the worker's rows and what the projector wrote as before a first start. No app may run. */
  fresh(): Promise<void>
  /** Starts an app, which is not ready yet. */
  launch(name: AppName): RunningApp
  /**
   * Starts an app; resolves once it answers that all is well, the stand-in once it answers: tables that an earlier bench
   * has left are red where their topics are gone, and whoever asks opens his own.
   */
  start(name: AppName): Promise<RunningApp>
  /** Stops every app that runs. */
  stop(): Promise<void>
}

const goneMsMax = 60_000

interface Options {
  /** Folder for CPU profiles. */
  readonly profile: string | undefined
  readonly worker: BenchedWorker
}

/** How the workers of a bench are started. */
export interface BenchedWorker {
  /** As `--only` names them; empty: all. */
  readonly units: readonly string[]
  /** Of `node`. */
  readonly nodeOptions: readonly string[]
}

/** Starts Postgres beside the stack, which stops it, too. */
export async function openPlatform(
  stack: BenchStack,
  { profile, worker }: Options,
): Promise<Platform> {
  const { folder, portBase, report, signal, kafka, registryUrl } = stack
  const postgres = await startPostgres({ dataDir: folder, portBase, report, signal })
  const platform = {
    ...process.env,
    NODE_OPTIONS: '',
    KAFKA_BROKERS: kafka.brokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    DATABASE_URL: postgres.url,
  }
  const { own } = demoApps({ dataDir: folder, portBase, platform })
  const specOf = (name: AppName): AppSpec =>
    name === 'second-worker'
      ? secondWorkerOf(specOf('worker'), portBase)
      : startedAs(
          own.find((app) => app.name === name)!,
          worker,
        )
  const apps = new RunningApps({ specOf, folder, portBase, profile, signal })
  return {
    folder,
    portBase,
    addresses: addressesOf(portBase),
    databaseUrl: postgres.url,
    databaseCpuSeconds: () => cpuSecondsOfChildren(readPidFile(pidPathOf(folder, 'postgres'))!.pid),
    async fresh() {
      await removeLeftovers(kafka, registryUrl)
      await untilGone(stack)
      for (const rows of ['state', 'slots', 'debit-edge', 'objects']) {
        await rm(join(folder, rows), { recursive: true, force: true })
      }
      await dropSchema(postgres.url, debitProjection.schema)
      await applyContracts(platformSettings(platform), declaredUnits)
    },
    launch: (name) => apps.launch(name),
    async start(name) {
      const app = apps.launch(name)
      await app.ready()
      return app
    },
    stop: () => apps.stop(),
  }
}

function startedAs(app: AppSpec, { units, nodeOptions }: BenchedWorker): AppSpec {
  if (app.name !== 'worker') return app
  const only = units.length === 0 ? [] : ['--only', units.join(',')]
  return { ...app, nodeOptions, args: [...app.args, ...only] }
}

/** Rows go with the positions in the topics they were made from. */
async function dropSchema(databaseUrl: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`drop schema if exists ${client.escapeIdentifier(schema)} cascade`)
  } finally {
    await client.end()
  }
}

/** A topic that still shows would not be made anew; what is left of a group would be taken for the next one's. */
const untilGone = ({ kafka, signal }: BenchStack): Promise<void> =>
  withAdmin(kafka, async (admin) => {
    const areGone = async () => (await admin.listTopics()).every((name) => /^(load-|__)/.test(name))
    await until('topics to be gone', areGone, { msMax: goneMsMax, signal })
    // A unit that found its offsets of before would stop: they are no places of the topics made anew.
    const areRemoved = () =>
      removeGroups(admin).then(
        () => true,
        () => false,
      )
    await until('groups to be gone', areRemoved, { msMax: goneMsMax, signal })
  })
