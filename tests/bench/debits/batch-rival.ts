import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { BatchFigures, BatchSpec } from '#tests/bench/debits/batch-process'
import { builtProgram } from '#tests/built'

const partsMax = 64

const tables = `
  DROP SCHEMA IF EXISTS batch CASCADE;
  CREATE SCHEMA batch;
  CREATE TABLE batch.account (
    card    bigint PRIMARY KEY,
    balance bigint NOT NULL CHECK (balance >= 0)
  ) WITH (fillfactor = 50);
  CREATE TABLE batch.journal (
    id         bigserial PRIMARY KEY,
    request_id uuid NOT NULL UNIQUE,
    card       bigint NOT NULL,
    amount     bigint NOT NULL,
    approved   boolean NOT NULL,
    balance    bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE batch.position (part int PRIMARY KEY, next_offset bigint NOT NULL);
  INSERT INTO batch.position SELECT n, 0 FROM generate_series(0, ${partsMax - 1}) n;`

const run = promisify(execFile)

/**
 * What one would write otherwise, a second: debits that are decided where they are written, a row of the journal each,
 * in batches of four writers with a connection each.
 */
export async function batchWritten(spec: BatchSpec, signal: AbortSignal): Promise<BatchFigures> {
  await withClient(spec.databaseUrl, async (client) => {
    await client.query(tables)
    const accounts =
      'INSERT INTO batch.account SELECT n, 1000000000000 FROM generate_series(0, $1) n'
    await client.query(accounts, [spec.cards - 1])
    await client.query('VACUUM ANALYZE batch.account')
    await client.query('CHECKPOINT')
  })
  try {
    const program = builtProgram(new URL('batch-process.ts', import.meta.url))
    const { stdout } = await run(process.execPath, [program], {
      env: { ...process.env, NODE_OPTIONS: '', BATCH: JSON.stringify(spec) },
      signal,
    })
    return JSON.parse(stdout) as BatchFigures
  } finally {
    // What it wrote is in nobody's way afterwards.
    await withClient(spec.databaseUrl, async (client) => {
      await client.query('DROP SCHEMA batch CASCADE')
      await client.query('CHECKPOINT')
    })
  }
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
