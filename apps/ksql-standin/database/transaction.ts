import type pg from 'pg'

/** Runs work in a transaction of its own: all of it, or nothing. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let isSound = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    isSound = true
    return result
  } finally {
    // A connection whose transaction failed is not used again: that ends the transaction, whatever became of it.
    client.release(!isSound)
  }
}
