import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'

/** A row's values as Postgres writes them. */
export type StoredRow = readonly (string | null)[]

const portionRows = 500

/**
 * The rows of a plan, in portions: those of a scan that nobody has asked for yet stay in Postgres. An abort ends the
 * query, and throws.
 */
export const readRows = (
  database: Pools,
  plan: Pick<PullPlan, 'text' | 'values' | 'isScan'>,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredRow[]> =>
  plan.isScan ? scan(database, plan, signal) : lookUp(database.reader, plan)

interface Pools {
  readonly owner: pg.Pool
  readonly reader: pg.Pool
}

/** Statements that a connection keeps, so that asking again for another key plans nothing. */
const namesMax = 100
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  if (!names.has(text) && names.size < namesMax) names.set(text, `look-up-${names.size}`)
  return names.get(text)
}

/** Few rows, by their keys. */
async function* lookUp(
  reader: pg.Pool,
  { text, values }: Pick<PullPlan, 'text' | 'values'>,
): AsyncGenerator<readonly StoredRow[]> {
  const name = nameOf(text)
  const query = { text, values: [...values], rowMode: 'array' as const, ...(name && { name }) }
  const { rows } = await reader.query<(string | null)[]>(query)
  if (rows.length > 0) yield rows
}

async function* scan(
  { owner, reader }: Pools,
  { text, values }: Pick<PullPlan, 'text' | 'values'>,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredRow[]> {
  const client = await reader.connect()
  const cancel = () =>
    void owner.query('select pg_cancel_backend($1)', [processIdOf(client)]).catch(() => undefined)
  let isSound = false
  try {
    signal.throwIfAborted()
    signal.addEventListener('abort', cancel)
    const cursor = client.query(new Cursor<StoredRow>(text, [...values], { rowMode: 'array' }))
    for (;;) {
      const rows = await cursor.read(portionRows)
      signal.throwIfAborted()
      if (rows.length > 0) yield rows
      if (rows.length < portionRows) break
    }
    await cursor.close()
    isSound = true
  } finally {
    signal.removeEventListener('abort', cancel)
    // One that was left half way through is not used again: with its connection its query ends, too.
    client.release(!isSound)
  }
}

const processIdOf = (client: pg.ClientBase): number => Number(Reflect.get(client, 'processID'))
