import { SettingsError } from '#apps/platform/settings'
import type { KsqldbConfig } from '#connectors/ksqldb/index'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * How the environment says to reach ksqlDB, undefined where it does not: `KSQLDB_URL` (alias `KSQLDB_SERVER`),
 * `KSQLDB_USERNAME`, `KSQLDB_PASSWORD`, `KSQLDB_HTTP` = 1.1 (default) or 2. Throws SettingsError, which shows no URL.
 */
export function ksqldbSettings(env: Environment): KsqldbConfig | undefined {
  const url = env['KSQLDB_URL'] || env['KSQLDB_SERVER']
  if (!url) return undefined
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new SettingsError('KSQLDB_URL: is no http or https URL')
  }
  const http = env['KSQLDB_HTTP'] || '1.1'
  if (http !== '1.1' && http !== '2') throw new SettingsError('KSQLDB_HTTP: is neither 1.1 nor 2')
  const { KSQLDB_USERNAME: username, KSQLDB_PASSWORD: password = '' } = env
  return { url, http, ...(username ? { username, password } : {}) }
}
