import { z } from 'zod'
import { DatabaseUrl } from '#apps/platform/database-url'
import { Port } from '#apps/platform/port'
import { parsed } from '#apps/platform/settings'

export interface KsqlStandinSettings {
  readonly port: number
  readonly host: string
  /** `postgres://…`; may hold a password. */
  readonly databaseUrl: string
  /** Longest run of a pull query, milliseconds. */
  readonly queryMsMax: number
  /** Whether a query may look at every row where its request says nothing of it. */
  readonly areScansOn: boolean
}

const Environment = z.object({
  PORT: Port.default(8_088),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: DatabaseUrl,
  KSQL_QUERY_MS_MAX: z.coerce.number('is no number').int().min(100).max(3_600_000).default(60_000),
  KSQL_TABLE_SCANS: z.enum(['on', 'off']).default('on'),
})

/** Throws SettingsError. */
export function ksqlStandinSettings(
  env: Readonly<Record<string, string | undefined>>,
): KsqlStandinSettings {
  const given = parsed(Environment, env)
  return {
    port: given.PORT,
    host: given.HOST,
    databaseUrl: given.DATABASE_URL,
    queryMsMax: given.KSQL_QUERY_MS_MAX,
    areScansOn: given.KSQL_TABLE_SCANS === 'on',
  }
}
