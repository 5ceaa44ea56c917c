import { existsSync } from 'node:fs'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'

import pg from 'pg'

import type { ServerUser } from '#compose/embedded/child'
import { placeFor } from '#compose/embedded/open-place'
import type { Server } from '#compose/embedded/part'
import { stackPorts } from '#compose/embedded/ports'
import type { PostgresBinaries } from '#compose/embedded/postgres-binaries'
import { runTool } from '#compose/embedded/run-tool'
import { isReachable } from '#compose/embedded/server-user'

const title = 'Postgres'

/** Where it is reached: by whoever is on this machine, without a password. */
export const postgresUrlOf = (portBase: number): string =>
  `postgres://corrente@127.0.0.1:${stackPorts(portBase).postgres}/postgres`

/** Postgres as a server of the stack: serves when it answers a query. */
export const postgresServer = (portBase: number): Server => {
  const port = stackPorts(portBase).postgres
  const url = postgresUrlOf(portBase)
  return {
    name: 'postgres',
    title,
    address: `127.0.0.1:${port}`,
    claims: [{ port, wantedBy: title }],
    answers: () => answersAt(url),
  }
}

const answersAt = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  })
  // A server that ends while it is asked says so outside the question, too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * The folder of its data: below the stack's or, where the user it runs as cannot get there, in a place that everybody
 * reaches.
 */
export const postgresFolder = async (
  dataDir: string,
  user: ServerUser | undefined,
): Promise<string> => {
  await mkdir(dataDir, { recursive: true })
  const isBelow = user === undefined || (await isReachable(dataDir, user))
  return isBelow ? join(dataDir, 'postgres') : placeFor('postgres', dataDir)
}

/** Lays an empty database out, once; a half-finished one does not count. Throws with what initdb says. */
export const initialise = async (
  folder: string,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<void> => {
  if (existsSync(folder)) return
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true, mode: 0o700 })
  if (user) await chown(part, user.uid, user.gid)
  const options = ['--locale=C', '--encoding=UTF8', '--no-sync', '--no-instructions']
  const access = ['--auth=trust', '--username=corrente']
  const { exitCode, output } = await runTool(
    join(binaries.folder, 'bin', 'initdb'),
    ['-D', part, ...options, ...access],
    undefined,
    { ...user, cwd: part },
  )
  if (exitCode !== 0) throw new Error(`${title} cannot prepare ${folder}: ${output}`)
  await rename(part, folder)
}

/** The arguments of `postgres`. */
export const postgresArguments = (
  folder: string,
  dataDir: string,
  portBase: number,
): readonly string[] => {
  const settings = {
    port: stackPorts(portBase).postgres,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_wal_size: '256MB',
    // Neither statements nor the values they fail on are for a log: they are people's.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // By this it is recognised as this stack's, wherever its data lies.
    'corrente.stack': dataDir + sep,
  }
  const named = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', folder, ...named]
}
