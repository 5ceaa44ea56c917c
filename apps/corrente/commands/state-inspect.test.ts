import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { UsageError } from '#apps/corrente/command'
import { stateInspect } from '#apps/corrente/commands/state-inspect'
import type { StoreReport } from '#apps/corrente/state-report'
import { jsonWire } from '#core/example-unit'
import { silentLog } from '#core/log'
import { openUnitStore } from '#core/open-store'
import type { UnitStore } from '#core/state-store'
import { reportedPayments } from '#schemas/topics'

const home = mkdtempSync(join(tmpdir(), 'inspect-'))
const unit = 'payment-updater'
const table = reportedPayments.name
const idOf = (n: number) => `0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a1${n}`
const row = (n: number) => ({ payment_id: idOf(n), status: `status ${n}` })
let store: UnitStore
beforeAll(async () => {
  store = await openUnitStore({
    settings: {
      directory: join(home, 'state'),
      bytesMax: 1e9,
      cluster: async () => 'ours',
      lock: async () => ({ release: async () => undefined }),
    },
    slot: '0',
    unit,
    treesMax: 6,
    log: silentLog,
    signal: new AbortController().signal,
  })
  for (const n of [1, 2, 3]) {
    const bytes = jsonWire.encode(reportedPayments, row(n))
    store.partition(n % 2).apply(table, [[idOf(n), bytes]])
  }
  await store.checkpoint([{ topic: table, partition: 1, position: 9, at: 0, partitions: 6 }])
})
afterAll(async () => {
  await store.close(false)
  rmSync(home, { recursive: true })
})

const lines: string[] = []
beforeEach(() => {
  lines.length = 0
  // Named, and not asked: rows in JSON need no registry.
  vi.stubEnv('KAFKA_BROKERS', '127.0.0.1:1')
  vi.stubEnv('CORRENTE_WIRE', 'json')
  vi.stubEnv('CORRENTE_HOME', home)
  const write = (line: string | Uint8Array) => lines.push(String(line).trimEnd()) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(write)
  vi.spyOn(process.stderr, 'write').mockImplementation(write)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
const reports = () => JSON.parse(lines[0]!) as StoreReport[]

describe('corrente state inspect', () => {
  it('shows how many rows there are in each partition, and how far they go', async () => {
    expect(await stateInspect.run(['--json'])).toBe(0)
    expect(reports()).toEqual([
      {
        slot: '0',
        unit,
        directory: join(home, 'state', '0', unit),
        file_bytes: expect.any(Number) as number,
        tables: [
          { table, partition: 0, rows: 1, bytes: 4_096 },
          {
            table,
            partition: 1,
            rows: 2,
            bytes: 4_096,
            copy: { position: 9, at: 0, partitions: 6 },
          },
        ],
      },
    ])
  })

  it('shows the row of a key as JSON', async () => {
    expect(await stateInspect.run(['--key', idOf(2)])).toBe(0)
    expect(lines[0]).toContain(`${table}/0 ${idOf(2)} ${JSON.stringify(row(2))}`)
    expect(lines[0]).not.toContain(idOf(1))
  })

  it('shows the first rows of each partition', async () => {
    expect(await stateInspect.run(['--json', '--limit', '1'])).toBe(0)
    expect(reports()[0]?.rows).toEqual([
      { table, partition: 0, key: idOf(2), value: row(2) },
      { table, partition: 1, key: idOf(1), value: row(1) },
    ])
  })

  it.each([
    [['--key', 'nobody'], 'no row has the key nobody'],
    [['--unit', 'payment-keeper'], `no rows of payment-keeper are kept in ${join(home, 'state')}`],
    [['--slot', '7'], `no rows are kept in ${join(home, 'state')}`],
  ])('says what it did not find: %j', async (args, sentence) => {
    expect(await stateInspect.run(args)).toBe(1)
    expect(lines.at(-1)).toBe(sentence)
  })

  it.each([[['--limit', '0']], [['--limit', 'x']], [['--limit', '1', '--key', 'a']]])(
    'refuses %j',
    async (args) => {
      await expect(stateInspect.run(args)).rejects.toThrow(UsageError)
    },
  )
})
