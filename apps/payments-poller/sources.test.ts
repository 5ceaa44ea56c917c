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
import { ksqldbSource } from '#apps/payments-poller/ksqldb-source'
import { lookupSource } from '#apps/payments-poller/lookup-source'
import { silentLog } from '#core/log'
import type { Completeness, KsqlRow, KsqlTable } from '#ports/ksqldb'
import type { OpenPayments } from '#ports/open-payments'
import type { OpenPayment } from '#schemas/generated/types'

type Rows = ReadonlyMap<string, OpenPayment>

const complete = { state: 'complete', asOfMs: beginMs } as const

/** A table of ksqlDB: comparisons with null give no row; the rows it is known by are asked along. */
const tableOf = (rows: Rows, end: Completeness = complete): Pick<KsqlTable, 'scan'> => ({
  async *scan({ where, isWanted }) {
    const nowMs = Number(
      /`NEXT_CHECK_AT_MS` <= (\d+) AND `UPDATE_URL` <> ''$/.exec(String(where))![1],
    )
    for (const [id, row] of rows) {
      const isShown = row.next_check_at_ms <= nowMs && row.update_url
      const shown = ksqlRow(id, row)
      if (isShown) yield shown
      expect(isWanted(shown)).toBe(Boolean(isShown))
    }
    return end
  },
})

const ksqlRow = (id: string, row: OpenPayment): KsqlRow => ({
  ID: id,
  ROWTIME: 1n,
  CONNECTOR: row.connector,
  UPDATE_URL: row.update_url,
  UPDATE_METHOD: row.update_method,
  NEXT_CHECK_AT_MS: BigInt(row.next_check_at_ms),
  EXPIRE_AT_MS: row.expire_at_ms === null ? null : BigInt(row.expire_at_ms),
})

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

describe('ksqlDB as a source', () => {
  const rows = new Map([[exampleId(1), openRow(duePayment(1))]])

  it('is not believed where it may not show all rows', async () => {
    const end = {
      state: 'unknown',
      reason: '1 of 6 partitions do not show their last row',
    } as const
    await expect(ksqldbSource(tableOf(rows, end)).due(beginMs, all)).rejects.toThrow(
      'ksqlDB may not show all rows: 1 of 6 partitions',
    )
  })

  it('is not believed where its columns are others', async () => {
    const source = ksqldbSource({
      async *scan() {
        yield { ...ksqlRow(exampleId(1), openRow(duePayment(1))), NEXT_CHECK_AT_MS: '2026-01-15' }
        return complete
      },
    })
    await expect(source.due(beginMs, all)).rejects.toThrow('other columns')
  })

  it('gives way to the own lookup while it is away, which the log tells once it lasts', async () => {
    let isAway = true
    const table = tableOf(rows)
    const ksqldb = ksqldbSource({
      async *scan(asked) {
        if (isAway) throw new Error('the table is not ready')
        return yield* table.scan(asked)
      },
    })
    const logged: string[] = []
    const note = (_: object, event: string) => void logged.push(event)
    const log = { ...silentLog, warn: note, info: note }
    const source = eitherSource(ksqldb, lookupSource({ follower: () => orderOf(rows) }), log)
    const first = await source.due(beginMs, all)
    expect(source.reason()).toBe('the table is not ready')
    expect(logged).toEqual([])
    expect(await source.due(beginMs, all)).toEqual(first)
    await source.due(beginMs, all)
    isAway = false
    expect(await source.due(beginMs, all)).toEqual(first)
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
