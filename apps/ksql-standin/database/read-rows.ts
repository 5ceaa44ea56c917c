import type pg from 'pg'
import Cursor from 'pg-cursor'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'

/** A row's values as Postgres writes them. */
export type StoredRow = readonly (string | null)[]

const portionRows = 500

/**
 * The rows of a plan, in portions: those that nobody has asked for yet stay in Postgres. An abort ends the query,
 * and throws.
 */
export async function* readRows(
  { owner, reader }: { readonly owner: pg.Pool; readonly reader: pg.Pool },
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
