import pg from 'pg'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'

const { ok, advice, warning, problem } = findingsOf('Postgres')

const connectMsMax = 5_000
const askMsMax = 5_000
const oldestVersion = 14

/** What a Postgres says of itself and of the role we come as. */
export interface PostgresSaid {
  /** `server_version_num`, such as 180004. */
  readonly version: number
  readonly isEncrypted: boolean
  readonly isSuperuser: boolean
  readonly mayMakeRoles: boolean
  readonly isReplica: boolean
  readonly isAway: boolean
}

/** The database of projections: reached, of a supported age, over TLS, as a role that is nobody special. */
export async function checkPostgres(env: Environment): Promise<readonly Finding[]> {
  const url = env['DATABASE_URL']
  if (!url) return [ok('DATABASE_URL is not set: no Postgres was examined')]
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: askMsMax,
    application_name: 'corrente-doctor',
  })
  // One that breaks is told by the question.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return postgresFindings(await said(client))
  } catch (error) {
    return [problem(refusalOf(error))]
  } finally {
    void client.end().catch(() => undefined)
  }
}

async function said(client: pg.Client): Promise<PostgresSaid> {
  const { rows } = await client.query<Record<string, unknown>>(
    `select current_setting('server_version_num')::int as version,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as ssl,
       rolsuper, rolcreaterole, pg_is_in_recovery() as replica,
       (inet_server_addr() is not null
         and not (host(inet_server_addr())::inet <<= inet '127.0.0.0/8' or host(inet_server_addr())::inet = inet '::1')) as away
     from pg_roles where rolname = current_user`,
  )
  const [row = {}] = rows
  return {
    version: Number(row['version']),
    isEncrypted: row['ssl'] === true,
    isSuperuser: row['rolsuper'] === true,
    mayMakeRoles: row['rolcreaterole'] === true,
    isReplica: row['replica'] === true,
    isAway: row['away'] === true,
  }
}

/** Why it cannot be used. Postgres names the user and the database, never the password. */
export function refusalOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  if (code === '28P01' || code === '28000') {
    return 'Postgres refuses the user or the password of DATABASE_URL: correct them'
  }
  if (code === '3D000') return 'the database that DATABASE_URL names is not there: make it'
  return `the Postgres of DATABASE_URL does not answer (${code ?? message}): start it, or correct the address`
}

export function postgresFindings(found: PostgresSaid): readonly Finding[] {
  const major = Math.floor(found.version / 10_000)
  const findings = [
    major < oldestVersion &&
      warning(
        `Postgres ${major} gets no corrections any more; go to ${oldestVersion} or newer (tests run on 18)`,
      ),
    found.isReplica &&
      problem(
        'DATABASE_URL leads to a Postgres that only follows another: rows cannot be written there',
      ),
    found.isAway &&
      !found.isEncrypted &&
      warning(
        'this connection to Postgres is in the clear; add sslmode=verify-full to DATABASE_URL',
      ),
    found.isSuperuser &&
      warning(
        'the role of DATABASE_URL is a superuser: whoever has the password has the machine; make a role that owns its ' +
          'database and nothing else',
      ),
    !found.isSuperuser &&
      found.mayMakeRoles &&
      advice('the role of DATABASE_URL may make roles and needs not: alter role … nocreaterole'),
  ].filter((finding) => finding !== false)
  return findings.length > 0
    ? findings
    : [ok(`Postgres ${major} answers; the role is nobody special`)]
}
