import pg from 'pg'

/** Databases are few and their names ours: none needs quoting. */
const isPlain = (name: string): boolean => /^[a-z][a-z0-9_]*$/.test(name)

/** Of a second one that was made at the same moment: duplicate_database, or the same from the index below it. */
const isThere = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['42P04', '23505'].includes(error.code ?? '')

/** Makes a database of its own in the server of this URL, where it is missing; returns its URL. */
export const postgresDatabase = async (serverUrl: string, name: string): Promise<string> => {
  if (!isPlain(name)) throw new Error(`${name} is no plain name of a database`)
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rows.length === 0) await client.query(`create database ${name}`)
  } catch (error) {
    if (!isThere(error)) throw error
  } finally {
    await client.end().catch(() => undefined)
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
