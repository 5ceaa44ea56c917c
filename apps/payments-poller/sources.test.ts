import { describe, expect, it } from 'vitest'
import { DueOrder } from '#apps/payments-poller/due-order'
import { eitherSource } from '#apps/payments-poller/either-source'
import {
  all,
  beginMs,
  duePayment,
  exampleId,
  openRow,
} from '#apps/payments-poller/example-payments'
import { dueQuery, ksqldbSource } from '#apps/payments-poller/ksqldb-source'
import { lookupSource } from '#apps/payments-poller/lookup-source'
import { silentLog } from '#core/log'
import type { OpenPayments } from '#ports/open-payments'
import type { OpenPayment } from '#schemas/generated/types'

type Rows = ReadonlyMap<string, OpenPayment>

/** A table of ksqlDB as it answers the one question: comparisons with null give no row. */
const tableOf = (rows: Rows) =>
  async function* (sql: string) {
    const nowMs = Number(/next_check_at_ms <= (\d+) AND update_url <> '';$/.exec(sql)![1])
    for (const [id, row] of rows) {
      const { connector, update_url, update_method, next_check_at_ms, expire_at_ms } = row
      if (next_check_at_ms > nowMs || update_url === null || update_url === '') continue
      yield [id, connector, update_url, update_method, next_check_at_ms, expire_at_ms]
    }
  }

const orderOf = (rows: Rows) => {
  const order = new DueOrder()
  for (const [id, value] of rows) order.set(id, { value: { ...value }, version: '0:0', story: {} })
  return order
}

const drivers: readonly (readonly [string, (rows: Rows) => OpenPayments])[] = [
  ['the own lookup', (rows) => lookupSource({ follower: () => orderOf(rows) })],
  ['ksqlDB', (rows) => ksqldbSource(tableOf(rows))],
]

describe.each(drivers)('open payments from %s', (_, sourceOf) => {
  const given = (...payments: readonly (readonly [number, Partial<OpenPayment>])[]) =>
    sourceOf(new Map(payments.map(([n, row]) => [exampleId(n), openRow(duePayment(n), row)])))

  it('are those whose time has come, with what a call needs', async () => {
    const source = given(
      [1, { next_check_at_ms: beginMs }],
      [2, { next_check_at_ms: beginMs + 1 }],
      [3, { next_check_at_ms: beginMs - 86_400_000, connector: 'iris', expire_at_ms: null }],
    )
    expect(await source.due(beginMs, all)).toEqual([
      { connector: 'examplepay', count: 1, oldest_ms: beginMs, payments: [duePayment(1)] },
      {
        connector: 'iris',
        count: 1,
        oldest_ms: beginMs - 86_400_000,
        payments: [
          duePayment(3, {
            connector: 'iris',
            expire_at_ms: null,
            next_check_at_ms: beginMs - 86_400_000,
          }),
        ],
      },
    ])
  })

  it('are none that nobody can be asked about', async () => {
    const nobody = { update_url: null, update_method: null, connector: null }
    expect(await given([1, nobody], [2, { update_url: '' }]).due(beginMs, all)).toEqual([])
  })

  it('keep a method we do not use, so that it is refused and counted', async () => {
    const [backlog] = await given([1, { update_method: 'POST' }]).due(beginMs, all)
    expect(backlog!.payments).toMatchObject([{ method: 'POST' }])
  })
})

describe('the question to ksqlDB', () => {
  it('is comparisons only, with nothing from outside in it', () => {
    expect(dueQuery(beginMs + 0.5)).toBe(
      'SELECT id, connector, update_url, update_method, next_check_at_ms, expire_at_ms FROM open_payments ' +
        `WHERE next_check_at_ms <= ${beginMs} AND update_url <> '';`,
    )
  })

  it('is not answered by other columns', async () => {
    const source = ksqldbSource(async function* () {
      yield ['id', 'a', 'b', 'GET', '2026-01-01', null]
    })
    await expect(source.due(beginMs, all)).rejects.toThrow('other columns than asked')
  })
})

describe('either source', () => {
  it('is ksqlDB, the own lookup while that is away, and says so once', async () => {
    const rows = new Map([[exampleId(1), openRow(duePayment(1))]])
    let isAway = true
    const table = tableOf(rows)
    const ksqldb = ksqldbSource(async function* (sql) {
      if (isAway) throw new Error('the table is not ready')
      yield* table(sql)
    })
    const logged: string[] = []
    const log = {
      ...silentLog,
      warn: (_: object, event: string) => void logged.push(event),
      info: (_: object, event: string) => void logged.push(event),
    }
    const source = eitherSource(ksqldb, lookupSource({ follower: () => orderOf(rows) }), log)
    const whileAway = [await source.due(beginMs, all), await source.due(beginMs, all)]
    expect(source.reason()).toBe('the table is not ready')
    isAway = false
    expect(await source.due(beginMs, all)).toEqual(whileAway[0])
    expect(source.reason()).toBeUndefined()
    expect(logged).toEqual(['ksqlDB is away: the own lookup takes over', 'ksqlDB answers again'])
  })
})

describe('the order of the due ones', () => {
  const row = (n: number, at: number) => ({
    value: { ...openRow(duePayment(n), { next_check_at_ms: at }) },
    version: '0:0',
    story: {},
  })
  const dueAt = (order: DueOrder, at: number) => [...order.dueAt(at)].map(({ id }) => id)

  it('follows its rows: later, earlier, gone', () => {
    const order = new DueOrder()
    order.set(exampleId(1), row(1, 10))
    order.set(exampleId(2), row(2, 20))
    expect(dueAt(order, 10)).toEqual([exampleId(1)])
    order.set(exampleId(1), row(1, 30))
    expect(dueAt(order, 20)).toEqual([exampleId(2)])
    order.set(exampleId(2), undefined)
    expect(dueAt(order, 29)).toEqual([])
    order.set(exampleId(1), row(1, 25))
    expect(dueAt(order, 29)).toEqual([exampleId(1)])
    expect(dueAt(order, 30)).toEqual([exampleId(1)])
  })

  it('has nothing due at an earlier moment, though it was asked for a later one', () => {
    const order = new DueOrder()
    order.set(exampleId(1), row(1, 10))
    expect(dueAt(order, 10)).toEqual([exampleId(1)])
    expect(dueAt(order, 9)).toEqual([])
  })
})
