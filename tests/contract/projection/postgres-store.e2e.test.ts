import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import pg from 'pg'
import { openPostgresStore } from '#apps/platform/projection/postgres-store'
import {
  migrations,
  move,
  positionAt,
  recordsFrom,
  tables,
} from '#tests/contract/projection/example-tables'
import { type DatabasePlace, openDatabasePlace } from '#tests/contract/projection/place'
import { holdsStoreContract } from '#tests/contract/projection/store-contract'
import { PositionsMovedError, StoreAwayError } from '#ports/projection-store'
import { freePortBase } from '#tests/free-ports'
import { until } from '#tests/until'

let place: DatabasePlace
beforeAll(async () => {
  place = await openDatabasePlace(await freePortBase())
})
afterAll(() => place.remove())

const schema = 'contract'
const open = (given = { migrations }) =>
  openPostgresStore({ url: place.url, projection: 'example', schema, tables, ...given })
const empty = async () => void (await place.rows(`drop schema if exists ${schema} cascade`))

holdsStoreContract({
  open,
  told: () => place.rows(`select * from ${schema}.told order by amount`),
  latest: () => place.rows(`select * from ${schema}.latest order by payment_id`),
  empty,
  stop: () => place.stop(),
  start: () => place.start(),
})

/** A transaction of somebody else's that has done this, and is open. */
async function holding(text: string) {
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  await client.query('begin')
  await client.query(text)
  return { release: () => client.end() }
}

/** So many wait for a lock. */
const waiting = (count: number) =>
  until(
    `${count} to wait`,
    async () => {
      const rows = await place.rows(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      return rows.length === count
    },
    { msMax: 10_000, signal: new AbortController().signal },
  )

const opened = (given = { migrations }) => {
  const store = open(given)
  onTestFinished(() => store.close())
  return store
}

describe('a schema in Postgres', () => {
  it('is made once by all who come at once', async () => {
    await empty()
    const stores = Array.from({ length: 4 }, () => opened())
    expect(await Promise.all(stores.map((store) => store.positions()))).toEqual([[], [], [], []])
    const made = await place.rows(`select name from ${schema}.projection_migrations order by id`)
    expect(made.map(({ name }) => name)).toEqual(['0000-positions', '0001-told'])
  })

  it('is brought up to date, and is not locked for ever by one that was killed while it did so', async () => {
    await empty()
    await opened().positions()
    await place.rows(`update ${schema}.projection_migrations_lock set is_locked = 1`)
    const more = {
      name: '0002-more',
      up: (tables: Parameters<(typeof migrations)[0]['up']>[0]) =>
        tables.createTable('more', (table) => void table.text('one')),
    }
    await opened({ migrations: [...migrations, more] }).positions()
    expect(await place.rows(`select * from ${schema}.more`)).toEqual([])
  })

  it('is left alone by a program that is older than it', async () => {
    await empty()
    await opened().positions()
    await expect(opened({ migrations: [] }).positions()).rejects.toThrow('0001-told')
  })
})

describe('a store in Postgres', () => {
  it('cuts off what is under way when it is closed, and nothing of it is there', async () => {
    await empty()
    const store = opened()
    await store.positions()
    await store.begin([positionAt(0)])
    const held = await holding(`lock table ${schema}.told`)
    const applying = store.apply({ records: recordsFrom(0, { amount: 1 }), moves: [move(0, 1)] })
    applying.catch(() => undefined)
    await waiting(1)
    await store.close()
    await expect(applying).rejects.toThrow(StoreAwayError)
    await held.release()
    expect(await opened().positions()).toEqual([positionAt(0)])
    expect(await place.rows(`select * from ${schema}.told`)).toEqual([])
  })

  it('does not wait for another that waits for it, in whichever order their moves are', async () => {
    await empty()
    const [one, two] = [opened(), opened()]
    await one.positions()
    // Of so many positions Postgres looks a few up one by one, in the order in which they are named.
    await one.begin(Array.from({ length: 2_000 }, (_, partition) => positionAt(0, partition)))
    await place.rows(`analyze ${schema}.projection_offsets`)
    const first = `select * from ${schema}.projection_offsets where partition = 0 for update`
    const held = await holding(first)
    const moves = [move(0, 1), move(0, 1, 1_999)]
    const forwards = one.apply({ records: [], moves })
    await waiting(1)
    const backwards = two.apply({ records: [], moves: moves.toReversed() })
    await waiting(2)
    await held.release()
    const lost = (await Promise.allSettled([forwards, backwards])).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as Error] : [],
    )
    expect(lost.map(({ name }) => name)).toEqual([PositionsMovedError.name])
  })

  it('says how a record is passed over, and what is said is true', async () => {
    await empty()
    const store = opened()
    await store.positions()
    await store.begin([positionAt(4)])
    await place.rows(store.advice.passOver({ topic: 'in', partition: 0, offset: 4 }))
    expect(await store.positions()).toEqual([positionAt(5)])
  })

  it('says nothing of the password', async () => {
    const url = place.url.replace('corrente@', 'corrente:hidden@').replace(/:\d+\//, ':1/')
    const store = openPostgresStore({ url, projection: 'example', schema, tables, migrations })
    await expect(store.positions()).rejects.toThrow(
      new StoreAwayError('Postgres cannot be asked: connect ECONNREFUSED 127.0.0.1:1'),
    )
  })
})
