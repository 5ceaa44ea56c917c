import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkKsqldb } from '#apps/corrente/doctor/ksqldb'
import { withAdmin } from '#apps/platform/admin'
import { readWitnesses } from '#apps/platform/witnesses'
import { ksqldb, ksqlTable, KsqlUnavailable } from '#connectors/ksqldb/index'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import type { Ksqldb, KsqlLookup, KsqlRow, KsqlTable } from '#ports/ksqldb'
import { identifier, ksql } from '#ports/ksql-text'
import { heldBytes } from '#tests/held-memory'
import { bounds, openScene, type StandInScene } from '#tests/ksql-standin/scene'
import { until } from '#tests/until'

const kafka = { brokers: inject('stack').brokers }
let scene: StandInScene
let offsets: OffsetSource
beforeAll(async () => {
  scene = await openScene(inject('stack'))
  offsets = await openOffsetSource(kafka)
})
afterAll(async () => {
  await offsets?.close()
  await scene?.stop()
})

const columns = 'v VARCHAR, n BIGINT'
const everything = {
  where: ksql`${identifier('n')} >= ${0}`,
  isWanted: ({ N }: KsqlRow) => (N as bigint) >= 0n,
}

describe.each(['1.1', '2'] as const)('our client of ksqlDB over HTTP/%s', (http) => {
  let client: Ksqldb
  beforeAll(() => void (client = ksqldb({ url: scene.url, http, first_row_ms: 10_000 })))
  afterAll(() => client.close())

  const tableOf = (table: string): KsqlTable =>
    ksqlTable({
      client,
      table,
      key: 'id',
      columns: ['v', 'n'],
      witnesses: () => readWitnesses({ kafka, offsets }, table),
      witnessMs: 0,
    })

  it('knows what it speaks with', async () => {
    expect(await client.describe()).toMatchObject({ status: 'RUNNING' })
  })

  it('finds what is there, with its types, and knows what is not', async () => {
    const name = await scene.newTable(columns)
    await scene.write(name, { a: { v: `it's`, n: 9_007_199_254_740_991 }, b: { v: null, n: -1 } })
    const table = tableOf(name)
    await table.awaitReady(bounds.msMax)
    const row = { ID: 'a', V: `it's`, N: 9_007_199_254_740_991n }
    expect(await table.find('a')).toMatchObject({ state: 'found', row })
    expect(await table.find(`a' OR id = 'b`)).toMatchObject({ state: 'absent' })
    await scene.write(name, { a: null })
    const isAbsent = async () => (await table.find('a')).state === 'absent'
    await until('the row to be gone', isAbsent, bounds)
  })

  it('refuses for ever what the server refuses, and says its number', async () => {
    const name = await scene.newTable(columns)
    const refused = async () => {
      for await (const row of client.pull(ksql`SELECT nothing FROM ${identifier(name)};`)) {
        expect(row).toBeUndefined()
      }
    }
    await expect(refused()).rejects.toMatchObject({ name: 'KsqlStatementError', errorCode: 40001 })
  })

  describe('in a large table', () => {
    const rows = 100_000
    let name = ''
    beforeAll(async () => {
      name = await scene.newTable(columns)
      await scene.write(name, { witness: { v: 'w', n: -1 } })
      await scene.shows(`SELECT id FROM ${name};`, [['witness']])
      await scene.fill(name, rows, `repeat('x', 1000), n`)
    })

    it('reads all rows in the memory of a few', async () => {
      const before = heldBytes()
      let [count, most, sum] = [0, 0, 0n]
      const scan = tableOf(name).scan(everything)
      for (;;) {
        const { value, done } = await scan.next()
        if (done) {
          expect(value).toMatchObject({ state: 'complete' })
          break
        }
        sum += value['N'] as bigint
        count += 1
        if (count % 10_000 === 0) most = Math.max(most, heldBytes() - before)
      }
      expect(count).toBe(rows)
      expect(sum).toBe((BigInt(rows) * BigInt(rows + 1)) / 2n)
      // All of them would be a hundred, and as many again in the server, which is this process, too.
      expect(most / 2 ** 20).toBeLessThan(60)
    }, 120_000)

    it('leaves in the middle, and the server reads no further', async () => {
      for await (const row of client.pull(ksql`SELECT * FROM ${identifier(name)};`)) {
        expect(row['ID']).toBeDefined()
        expect(await scene.runningQueries(name)).toBe(1)
        break
      }
      const areOver = async () => (await scene.runningQueries(name)) === 0
      await until('the query to end', areOver, bounds)
    })
  })

  describe('of a server that is restarted', () => {
    it('does not know, and never says that a row is not there', async () => {
      const name = await scene.newTable(columns)
      const rows = Array.from({ length: 5_000 }, (_, n) => [`k${n}`, { v: 'x', n }] as const)
      await scene.write(name, Object.fromEntries(rows))
      const table = tableOf(name)
      await table.awaitReady(bounds.msMax)
      // It reads everything anew, and meanwhile has a table without rows.
      await scene.forget(name)
      const states: KsqlLookup['state'][] = []
      let isBack = false
      const restarting = scene.restart().then(() => (isBack = true))
      const last = rows.at(-1)![0]
      const isFound = async () => {
        states.push(await stateOf(table, last))
        return isBack && states.at(-1) === 'found'
      }
      await until('the row to be found again', isFound, bounds)
      await restarting
      expect(states).toContain('unknown')
      expect(states).not.toContain('absent')
    }, 120_000)
  })
})

/** What it says of a key; that it says nothing now is not to know. */
async function stateOf(table: KsqlTable, key: string): Promise<KsqlLookup['state']> {
  try {
    return (await table.find(key)).state
  } catch (error) {
    if (error instanceof KsqlUnavailable) return 'unknown'
    throw error
  }
}

it.each(['1.1', '2'])('the doctor finds that it reads committed, over HTTP/%s', async (http) => {
  const env = { KSQLDB_URL: scene.url, KSQLDB_HTTP: http }
  const found = await withAdmin(kafka, (admin) => checkKsqldb(env, kafka, admin))
  expect(found.map(({ level, sentence }) => `${level}: ${sentence}`)).toEqual([
    expect.stringMatching(/^ok: ksqlDB .* answers: RUNNING$/),
    expect.stringMatching(/^ok: ksqlDB shows only what is committed/),
  ])
  expect(await withAdmin(kafka, (admin) => admin.listTopics())).not.toEqual(
    expect.arrayContaining([expect.stringContaining('corrente.doctor.')]),
  )
})
