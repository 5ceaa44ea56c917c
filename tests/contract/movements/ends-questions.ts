import { describe, expect, it } from 'vitest'
import {
  connections,
  giving,
  lote,
  type OpenedDatabase,
  signal,
} from '#tests/contract/movements/example-database'
import { textOf } from '#tests/contract/movements/movements-driver'

/** What becomes of a question that nobody waits for, or that the database does not answer. */
export function endsQuestions(opened: OpenedDatabase): void {
  describe('a database', () => {
    it('gives up what takes too long, which is tried again', async () => {
      const query = giving('select pg_sleep(30)::text')
      await expect(opened().read({ query, msMax: 200 })).rejects.toMatchObject({
        name: 'TransientError',
        message: 'Postgres gave QUERY_FILE up, as one that takes too long (57014)',
      })
    })

    it('runs a query no longer that nobody waits for', async () => {
      const ending = new AbortController()
      const reading = opened().read({ query: giving('select pg_sleep(60)::text') }, ending.signal)
      reading.catch(() => undefined)
      await expect.poll(() => opened().held()).toBe(1)
      ending.abort(new Error('enough'))
      await expect(reading).rejects.toThrow('enough')
      await expect.poll(() => opened().held(), { timeout: 5_000 }).toBe(0)
    })

    it('that ends the connection half way is tried again', async () => {
      const query = giving('select n, repeat(md5(n::text), 20) from generate_series(1, 100000) n')
      const { csv } = await opened().source({ version: null, query }).read(lote, signal)
      const blocks = csv[Symbol.asyncIterator]()
      await blocks.next()
      await opened().place.rows(`select pg_terminate_backend(pid) ${connections}`)
      const rest = textOf({ [Symbol.asyncIterator]: () => blocks })
      await expect(rest).rejects.toMatchObject({ name: 'TransientError' })
    })

    it('that is away is asked again', async () => {
      const { place, put, source } = opened()
      const movements = source()
      await put(lote, [])
      const before = await movements.versionOf(lote, signal)
      await place.stop()
      const asked = movements.versionOf(lote, signal)
      await expect(asked).rejects.toMatchObject({ name: 'TransientError' })
      await place.start()
      expect(await movements.versionOf(lote, signal)).toBe(before)
    })

    it('whose texts are in no encoding is not read: nobody knows what names say', async () => {
      const { place, source } = opened()
      await place.rows(`create database old encoding 'SQL_ASCII' template template0`)
      const url = place.url.replace(/postgres$/, 'old')
      const version = 'select 1 as version where $1 <> $2'
      await expect(source({ url, version }).versionOf(lote, signal)).rejects.toMatchObject({
        name: 'TransientError',
        message: expect.stringContaining('is in SQL_ASCII') as string,
      })
    })

    it('that is not there is told without its password', async () => {
      const { place, source } = opened()
      const url = place.url.replace('corrente@', 'corrente:hidden@').replace(/:\d+\//, ':1/')
      await expect(source({ url }).read(lote, signal)).rejects.toMatchObject({
        name: 'TransientError',
        message: 'the database of movements cannot be asked: connect ECONNREFUSED 127.0.0.1:1',
      })
    })
  })
}
