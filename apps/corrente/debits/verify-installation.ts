import { z } from 'zod'
import type { Verification, Verifying } from '#apps/corrente/debits/verification'
import { verifyDebits } from '#apps/corrente/debits/verify-debits'
import { type Environment, homeOf, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { clusterOf } from '#apps/platform/cluster'
import { DatabaseUrl } from '#apps/platform/database-url'
import { debitSettings } from '#apps/platform/debit-settings'
import { withLog } from '#apps/platform/inspection/log-access'
import { parsed, platformSettings } from '#apps/platform/settings'
import { findPostgres } from '#compose/embedded/postgres'

interface Choices {
  /** Says where the services are. */
  readonly env: Environment
  /** As it is typed. */
  readonly portBase: string | undefined
  readonly isPostgresLeftOut: boolean
  /** Whether each request is decided again. */
  readonly isRedecided: boolean
  /** Told how far it has come. */
  readonly onProgress: (line: string) => void
}

/** Proves the books of debits of an installation. Throws SettingsError, and what `verifyDebits` throws. */
export function verifyInstallation(choices: Choices): Promise<Verification> {
  const { env, portBase, isRedecided, onProgress } = choices
  const platform = platformSettings(env)
  return withLog(platform, async (log) =>
    verifyDebits({
      log,
      cluster: clusterOf(platform.kafka),
      settings: isRedecided ? debitSettings(env) : undefined,
      postgres: await projectionOf(choices),
      directory: homeOf(portBase),
      onProgress,
    }),
  )
}

/** Where the projection is: what DATABASE_URL says, else the embedded Postgres, if one runs. */
async function projectionOf({
  env,
  portBase,
  isPostgresLeftOut,
}: Choices): Promise<Verifying['postgres']> {
  if (isPostgresLeftOut) return { leftOut: '--no-postgres' }
  if (env['DATABASE_URL']) {
    return { url: parsed(z.object({ DATABASE_URL: DatabaseUrl }), env).DATABASE_URL }
  }
  if (ownKafkaSetting() !== undefined) return { leftOut: 'DATABASE_URL is not set' }
  const postgres = await findPostgres(dataDirOf(portBaseOf(portBase)))
  return postgres
    ? { url: postgres.url }
    : { leftOut: 'DATABASE_URL is not set, and no embedded Postgres runs' }
}
