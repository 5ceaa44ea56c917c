import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AppSpec, logPathOf, spawnApp } from '#apps/corrente/app-process'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { withAdmin } from '#apps/platform/admin'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { startPostgres } from '#compose/embedded/postgres'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { removeGroups, removeLeftovers } from '#tests/bench/engine/leftovers'
import { cpuSecondsOfChildren } from '#tests/bench/engine/procfs'
import { until } from '#tests/until'

export type AppName = 'worker' | 'payment-proxy' | 'ksql-standin' | 'payments-poller' | 'debit-edge'

/** An app that runs. */
export interface RunningApp {
  readonly pid: number
  /** Resolves once it answers that all is well; throws where it ends before. */
  readonly ready: () => Promise<void>
  /** Throws where it has ended. */
  readonly assertRuns: () => void
  /** SIGTERM. */
  stop(): Promise<void>
}

/** The platform on the bench's stack: topics, schemas, and the apps as `corrente start` runs them. */
export interface Platform {
  readonly folder: string
  readonly portBase: number
  readonly addresses: ReturnType<typeof addressesOf>
  /** Postgres as the apps have it. */
  readonly databaseUrl: string
  /** CPU of Postgres for the connections it has, seconds. */
  databaseCpuSeconds(): number
  /** Topics and the worker's rows as before a first start. No app may run. */
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

/** A worker that reads a million rows back is long in coming. */
const readyMsMax = 15 * 60_000
const goneMsMax = 60_000

/** Starts Postgres beside the stack, which stops it, too. */
export async function openPlatform(
  stack: BenchStack,
  profile: string | undefined,
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
  const running = new Set<RunningApp>()
  const launch = (name: AppName): RunningApp => {
    const spec = own.find((app) => app.name === name)!
    const app = spawnApp(profiled(spec, profile), join(folder, 'logs'))
    const assertRuns = () => {
      if (!app.isOver()) return
      throw new Error(`${name} ended by itself; its log: ${logPathOf(join(folder, 'logs'), name)}`)
    }
    const launched: RunningApp = {
      pid: app.pid ?? 0,
      ready: () => answering({ name, url: readyUrlOf(spec, portBase) }, assertRuns, signal),
      assertRuns,
      async stop() {
        running.delete(launched)
        await app.drain()
      },
    }
    running.add(launched)
    return launched
  }
  return {
    folder,
    portBase,
    addresses: addressesOf(portBase),
    databaseUrl: postgres.url,
    databaseCpuSeconds: () => cpuSecondsOfChildren(readPidFile(pidPathOf(folder, 'postgres'))!.pid),
    async fresh() {
      await removeLeftovers(kafka, registryUrl)
      await untilGone(stack)
      for (const rows of ['state', 'slots', 'debit-edge']) {
        await rm(join(folder, rows), { recursive: true, force: true })
      }
      await applyContracts(platformSettings(platform), declaredUnits)
    },
    launch,
    async start(name) {
      const app = launch(name)
      await app.ready()
      return app
    },
    stop: async () => void (await Promise.all([...running].map((app) => app.stop()))),
  }
}

const profiled = (spec: AppSpec, profile: string | undefined): AppSpec =>
  profile === undefined
    ? spec
    : {
        ...spec,
        nodeOptions: [...(spec.nodeOptions ?? []), '--cpu-prof', `--cpu-prof-dir=${profile}`],
      }

const readyUrlOf = ({ name, readyUrl }: AppSpec, portBase: number): string =>
  name === 'ksql-standin' ? `${addressesOf(portBase).ksqldb}/info` : readyUrl

async function answering(
  { name, url }: { readonly name: string; readonly url: string },
  assertRuns: () => void,
  signal: AbortSignal,
): Promise<void> {
  const isWell = async () => {
    assertRuns()
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (!answer?.ok) await sleep(200)
    return answer?.ok ?? false
  }
  await until(`${name} to be ready`, isWell, { msMax: readyMsMax, signal })
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
