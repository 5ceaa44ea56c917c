import { resolve } from 'node:path'
import { z } from 'zod'
import { DatabaseUrl } from '#apps/platform/database-url'
import { csvFolder } from '#apps/platform/movements/csv-folder'
import { type PostgresQuery, postgresQuery } from '#apps/platform/movements/postgres-query'
import { movementsQueryIn, versionQueryIn } from '#apps/platform/movements/query-file'
import { parsed, SettingsError } from '#apps/platform/settings'
import type { Movements, MovementsOf } from '#ports/movements'

/** The sources of movements of an installation, by the names that requests call them. */
export interface MovementSources {
  readonly names: readonly string[]
  readonly of: MovementsOf
}

const names = {
  url: 'CORRENTE_MOVEMENTS_DATABASE_URL',
  query: 'CORRENTE_MOVEMENTS_QUERY_FILE',
  version: 'CORRENTE_MOVEMENTS_VERSION_FILE',
} as const

const Environment = z.object({
  CORRENTE_MOVEMENTS_DIR: z.string().optional(),
  [names.url]: DatabaseUrl.optional(),
  [names.query]: z.string().optional(),
  [names.version]: z.string().optional(),
  CORRENTE_MOVEMENTS_QUERY_SECONDS: z.coerce
    .number('is no number of seconds')
    .int()
    .min(1)
    .max(1_800)
    .default(300),
})

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The API and the worker are told the same: what one takes, the other reads. None where none is named. Throws
 * SettingsError.
 */
export function movementSources(env: Environment): MovementSources {
  const { CORRENTE_MOVEMENTS_DIR: folder } = parsed(Environment, env)
  const sources = new Map<string, Movements>()
  if (folder !== undefined) sources.set('csv', csvFolder(resolve(folder)))
  const postgres = movementsDatabaseOf(env)
  if (postgres) sources.set('postgres', postgresQuery(postgres))
  return { names: [...sources.keys()], of: (name) => sources.get(name) }
}

/** The same for an app that is of no use without a source. */
export function namedMovementSources(env: Environment): MovementSources {
  const sources = movementSources(env)
  if (sources.names.length > 0) return sources
  throw new SettingsError(
    `no source of movements is named: set CORRENTE_MOVEMENTS_DIR, or ${names.url} and ${names.query}`,
  )
}

/** How the database of movements is asked; undefined where none is named. Throws SettingsError. */
export function movementsDatabaseOf(env: Environment): PostgresQuery | undefined {
  const given = parsed(Environment, env)
  const { [names.url]: url, [names.query]: queryPath, [names.version]: versionPath } = given
  if (url === undefined) {
    const vain = [names.query, names.version].find((name) => given[name] !== undefined)
    if (vain === undefined) return undefined
    throw new SettingsError(`${vain} is set, and ${names.url} is not: name the database it asks`)
  }
  if (queryPath === undefined) {
    throw new SettingsError(
      `${names.query} is not set: name the file of the query that gives movements from ${names.url}`,
    )
  }
  return {
    url,
    query: movementsQueryIn(names.query, queryPath),
    version: versionPath === undefined ? undefined : versionQueryIn(names.version, versionPath),
    msMax: 1_000 * given.CORRENTE_MOVEMENTS_QUERY_SECONDS,
  }
}
