import { embedded, type Environment, ownKafkaSetting } from '#apps/corrente/installation'
import { endedServices, keepServices } from '#apps/corrente/keep-services'
import { type Postgres, type PostgresOptions, startPostgres } from '#compose/embedded/postgres'
import { type Stack, startStack } from '#compose/embedded/stack'

/** Where the services of an installation are, and how those end that were started for it. */
export interface Platform {
  readonly platform: Environment
  stop(): Promise<void>
}

/** The caller's own Kafka where the environment names one, else the embedded services, started where they do not run. */
export async function findPlatform(options: PostgresOptions): Promise<Platform> {
  if (ownKafkaSetting() !== undefined) return { platform: process.env, stop: async () => undefined }
  const start = () => bothStarted([startStack(options), databaseFor(options)])
  const [stack, postgres] = await start()
  const ours = ['kafka', 'registry', ...(postgres ? ['postgres'] : [])]
  const ended = () => endedServices(options.dataDir, ours)
  const kept = keepServices({ ended, start, report: options.report })
  return {
    platform: { ...embedded(stack), ...(postgres ? { DATABASE_URL: postgres.url } : {}) },
    async stop() {
      await kept.stop()
      for (const part of [stack, postgres]) if (part && !part.wasRunning) await part.stop()
    },
  }
}

/** Postgres, for the projector and the stand-in of ksqlDB; none where DATABASE_URL names one. */
const databaseFor = async (options: PostgresOptions): Promise<Postgres | undefined> =>
  process.env['DATABASE_URL'] ? undefined : startPostgres(options)

/** Stops the one that came up where the other did not. */
async function bothStarted(
  starts: readonly [Promise<Stack>, Promise<Postgres | undefined>],
): Promise<readonly [Stack, Postgres | undefined]> {
  const both = await Promise.allSettled(starts)
  const failed = both.find(({ status }) => status === 'rejected')
  if (failed?.status !== 'rejected') return Promise.all(starts)
  for (const one of both) {
    if (one.status === 'fulfilled' && one.value && !one.value.wasRunning) await one.value.stop()
  }
  throw failed.reason
}
