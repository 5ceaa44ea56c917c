import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** The right to be the only one that works on a database. */
export interface Alone {
  isHeld(): boolean
  release(): Promise<void>
}

const lockNumber = 7_401_220_119
/** A former one that was killed gives way only when Postgres has noticed. */
const waitMsMax = 10_000
const pauseMs = 500

/** Takes it; throws where another keeps it. When the connection breaks it is taken anew. */
export async function keepAlone(connectionString: string): Promise<Alone> {
  let isReleased = false
  let held = await take(connectionString, waitMsMax)
  const watch = async () => {
    while (!isReleased) {
      await sleep(pauseMs, undefined, { ref: false })
      if (held.isBroken() && !isReleased) {
        held = await take(connectionString, 0).catch(() => held)
      }
    }
  }
  void watch()
  return {
    isHeld: () => !held.isBroken(),
    async release() {
      isReleased = true
      await held.end()
    },
  }
}

async function take(connectionString: string, waitMs: number) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  let isBroken = false
  client.on('error', () => (isBroken = true)).on('end', () => (isBroken = true))
  await client.connect()
  const deadline = Date.now() + waitMs
  for (;;) {
    const { rows } = await client.query<{ is_taken: boolean }>(
      'select pg_try_advisory_lock($1) as is_taken',
      [lockNumber],
    )
    if (rows[0]?.is_taken) break
    if (Date.now() >= deadline) {
      await client.end()
      throw new Error('another stand-in for ksqlDB works on it')
    }
    await sleep(pauseMs)
  }
  return { isBroken: () => isBroken, end: () => client.end().catch(() => undefined) }
}
