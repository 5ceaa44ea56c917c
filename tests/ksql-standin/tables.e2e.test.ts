import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bounds, openScene, type StandInScene } from '#tests/ksql-standin/scene'
import { until } from '#tests/until'

let scene: StandInScene
beforeAll(async () => {
  scene = await openScene(inject('stack'))
})
afterAll(() => scene?.stop())

describe('a table', () => {
  it('shows what is written within a second, and shows it no more once it is deleted', async () => {
    const table = await scene.newTable()
    await scene.shows(`SELECT * FROM ${table};`, [])
    const began = performance.now()
    await scene.write(table, { a: { v: 'one' } })
    await scene.shows(`SELECT * FROM ${table} WHERE id='a';`, [['a', 'one']])
    expect(performance.now() - began).toBeLessThan(1_000)
    await scene.write(table, { a: null })
    await scene.shows(`SELECT * FROM ${table} WHERE id='a';`, [])
  })

  it('goes on where it was after a restart, and lost nothing of what came meanwhile', async () => {
    const table = await scene.newTable()
    await scene.write(table, { a: { v: 'one' }, b: { v: 'two' } })
    await scene.shows(`SELECT * FROM ${table};`, [
      ['a', 'one'],
      ['b', 'two'],
    ])
    // Only a reading from the beginning would bring it back.
    await scene.database.query(`delete from ${await scene.relationOf(table)} where c0 = 'a'`)
    const restarting = scene.restart()
    await scene.write(table, { c: { v: 'three' } })
    await restarting
    await scene.shows(`SELECT * FROM ${table};`, [
      ['b', 'two'],
      ['c', 'three'],
    ])
  })

  it('is read anew where its topic was made anew', async () => {
    const table = await scene.newTable()
    await scene.write(table, { a: { v: 'one' }, b: { v: 'two' } })
    await scene.shows(`SELECT id FROM ${table};`, [['a'], ['b']])
    await scene.admin.deleteTopics({ topics: [table] })
    await until(
      'the topic to be gone',
      async () => !(await scene.admin.listTopics()).includes(table),
      bounds,
    )
    await scene.createTopic(table)
    await scene.write(table, { c: { v: 'three' } })
    await scene.shows(`SELECT id FROM ${table};`, [['c']])
  })

  it('shows nothing of a transaction that was aborted, or is open', async () => {
    const table = await scene.newTable()
    const transactional = scene.kafka.producer({
      transactionalId: `tx-${table}`,
      idempotent: true,
      maxInFlightRequests: 1,
    })
    await transactional.connect()
    const send = async (key: string) => {
      const transaction = await transactional.transaction()
      await transaction.send({ topic: table, messages: [{ key, value: '{"v":"x"}' }] })
      return transaction
    }
    await (await send('aborted')).abort()
    const open = await send('open')
    await scene.write(table, { behind: { v: 'x' } })
    await until(
      'the table to be known',
      async () => (await scene.rowsOf(`SELECT id FROM ${table};`)) !== null,
      bounds,
    )
    const early = await scene.rowsOf(`SELECT id FROM ${table};`)
    expect(JSON.stringify(early)).not.toMatch(/aborted|"open"/)
    await open.commit()
    await transactional.disconnect()
    await scene.shows(`SELECT id FROM ${table};`, [['behind'], ['open']])
  })

  it('keeps the row before a record that cannot be read, and passes over one it cannot keep', async () => {
    const table = await scene.newTable('n INT')
    await scene.write(table, { a: { n: 1 } })
    await scene.write(table, { a: 'no JSON', b: { n: 5_000_000_000 }, c: '"\\u0000"', d: { n: 4 } })
    await scene.shows(`SELECT * FROM ${table};`, [
      ['a', 1],
      ['d', 4],
    ])
    const metrics = await (await fetch(`${scene.url}/metrics`)).text()
    expect(metrics).toContain(
      `corrente_ksql_records_skipped_total{table="${table.toUpperCase()}"} 3`,
    )
  })

  it('is refused while it is read, and never half answered', async () => {
    const table = await scene.newTable()
    await scene.ksql(`DROP TABLE ${table};`)
    const rows = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [String(n), { v: 'x' }]),
    )
    await scene.write(table, rows)
    await scene.createTable(table)
    const answers: unknown[] = []
    await until(
      'all rows',
      async () => {
        answers.push(await scene.rowsOf(`SELECT id FROM ${table};`))
        return Array.isArray(answers.at(-1))
      },
      bounds,
    )
    expect(answers.at(-1)).toHaveLength(20_000)
    for (const early of answers.slice(0, -1)) {
      expect(early).toMatchObject({ status: 400, error_code: 40001 })
    }
    expect(answers.length).toBeGreaterThan(1)
  })
})
