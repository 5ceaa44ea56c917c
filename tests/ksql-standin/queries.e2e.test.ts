import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bounds, openScene, type StandInScene } from '#tests/ksql-standin/scene'
import { startKsqlStandin } from '#apps/ksql-standin/main'
import { platformOf } from '#tests/stack'
import { until } from '#tests/until'

let scene: StandInScene
beforeAll(async () => {
  scene = await openScene(inject('stack'), { KSQL_QUERY_MS_MAX: '2000' })
})
afterAll(() => scene?.stop())

describe('a query', () => {
  it('reads and does nothing else, whatever is in its values', async () => {
    const table = await scene.newTable()
    await scene.write(table, { a: { v: 'one' } })
    await scene.shows(`SELECT * FROM ${table};`, [['a', 'one']])
    const injected = `a'' OR 1=1; DROP SCHEMA ksql CASCADE; --`
    expect(await scene.rowsOf(`SELECT * FROM ${table} WHERE id='${injected}';`)).toEqual([])
    expect(await scene.rowsOf(`SELECT * FROM ${table} WHERE v='$1 \\ % {x} ''';`)).toEqual([])
    expect(await scene.rowsOf(`SELECT * FROM ${table};`)).toEqual([['a', 'one']])
  })

  it('ends when its client is gone, and others go on', async () => {
    const table = await bigTable()
    const body = JSON.stringify({ sql: `SELECT * FROM ${table};` })
    const asked = request(`${scene.url}/query-stream`, { method: 'POST' })
    asked.end(body)
    const [response] = (await once(asked, 'response')) as [
      NodeJS.ReadableStream & { destroy(): void },
    ]
    await once(response, 'data')
    expect(await scene.runningQueries(table)).toBe(1)
    response.destroy()
    await until('the query to end', async () => (await scene.runningQueries(table)) === 0, bounds)
    expect(await scene.rowsOf(`SELECT id FROM ${table} WHERE id='7';`)).toEqual([['7']])
  })

  it('is stopped and says so where it takes too long', async () => {
    const table = await bigTable()
    const slow = Array.from({ length: 60 }, (_, n) => `v LIKE '%${n}a%b%c%d%e%f%g%'`).map(
      (one) => `(${one}) = true`,
    )
    const answer = await scene.rowsOf(`SELECT id FROM ${table} WHERE ${slow.join(' OR ')};`)
    expect(answer).toMatchObject({ status: 500, error_code: 50000 })
  })
})

describe('a stand-in', () => {
  it('leaves a database alone that another one works on', async () => {
    const env = {
      ...platformOf(inject('stack')),
      LOG_LEVEL: 'silent',
      DATABASE_URL: scene.databaseUrl,
    }
    await expect(startKsqlStandin({ ...env, PORT: '0' })).rejects.toThrow(
      'another stand-in for ksqlDB works on it',
    )
  }, 30_000)

  it('says which Postgres it misses, without its password', async () => {
    const url = 'postgres://corrente:hidden@127.0.0.1:1/postgres'
    const started = startKsqlStandin({
      ...platformOf(inject('stack')),
      DATABASE_URL: url,
      PORT: '0',
    })
    await expect(started).rejects.toThrow('the Postgres of DATABASE_URL cannot be used')
    await expect(started).rejects.not.toThrow('hidden')
  })

  it('is well, and says that it is a stand-in', async () => {
    const status = (await (await fetch(`${scene.url}/status`)).json()) as object
    expect(status).toMatchObject({ status: 'ok', app: 'ksql-standin', problems: [] })
    const about = (await (await fetch(`${scene.url}/info`)).json()) as object
    expect(about).toMatchObject({
      KsqlServerInfo: { standIn: expect.stringContaining('no ksqlDB') as string },
    })
  })
})

let big: string | undefined

/** A table with more rows than any socket buffers, made in Postgres: reading them is not what is tested. */
async function bigTable(): Promise<string> {
  if (big !== undefined) return big
  const table = await scene.newTable()
  await scene.shows(`SELECT id FROM ${table};`, [])
  await scene.fill(table, 200_000, `repeat('x', 500)`)
  big = table
  return table
}
