import { createServer } from 'node:net'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { numberOf } from '#tests/bench/debits/requests'
import { type SideProcess, startSide } from '#tests/bench/engine/side-process'

/** The rival while it serves: `rival-process.ts` over the same Postgres that the projection writes to. */
export interface Rival {
  readonly port: number
  stop(): Promise<void>
}

const tables = `
  DROP SCHEMA IF EXISTS rival CASCADE;
  CREATE SCHEMA rival;
  CREATE TABLE rival.account (
    card    bigint PRIMARY KEY,
    balance bigint NOT NULL CHECK (balance >= 0)
  ) WITH (fillfactor = 50);
  CREATE TABLE rival.journal (
    id         bigserial PRIMARY KEY,
    card       bigint NOT NULL,
    amount     bigint NOT NULL,
    balance    bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );`

/** Starts it with so many cards, of which none runs out of money. */
export async function startRival(databaseUrl: string, cards: number): Promise<Rival> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(tables)
    const accounts =
      'INSERT INTO rival.account SELECT $1::bigint + n, 1000000000000 FROM generate_series(0, $2) n'
    await client.query(accounts, [numberOf(0), cards - 1])
    await client.query('VACUUM ANALYZE rival.account')
  } finally {
    await client.end()
  }
  const port = await freePort()
  const script = fileURLToPath(new URL('rival-process.ts', import.meta.url))
  const side: SideProcess = startSide({
    command: process.execPath,
    args: ['--import', 'tsx', script],
    env: { DATABASE_URL: databaseUrl, PORT: String(port) },
  })
  await side.printed('ready')
  return { port, stop: () => side.stop() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
