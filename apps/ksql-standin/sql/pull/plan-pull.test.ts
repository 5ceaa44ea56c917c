import { describe, expect, it } from 'vitest'
import { observedSources, selectIn } from '#apps/ksql-standin/sql/example-sources'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { planPull } from '#apps/ksql-standin/sql/pull/plan-pull'

const settings = { properties: {}, areTyped: false }
const plan = (sql: string) => planPull(selectIn(sql), observedSources, settings)
const detail = (where: string) => plan(`SELECT payment_id FROM payment_detail WHERE ${where};`)
const selected = 'select "c0" as "r0" from tables."PAYMENT_DETAIL"'
const ordered = 'order by "partition", "c0"'

const errorOf = (sql: string) => {
  try {
    plan(sql)
  } catch (error) {
    if (error instanceof KsqlError) return error
    throw error
  }
  throw new Error(`taken: ${sql}`)
}

describe('a look-up by key', () => {
  it('asks the partition the key hashes to', () => {
    expect(detail("payment_id = 'p-0003'")).toMatchObject({
      text: `${selected} where ("partition" = $2::text::integer and "c0" in ($1::text)) ${ordered}`,
      values: ['p-0003', '2'],
      isScan: false,
    })
  })

  it('of several keys asks each in its own partition, once', () => {
    const { text, values } = detail("payment_id IN ('p-0003','p-0001','p-0003','p-0002')")
    expect(values).toEqual(['p-0003', '2', 'p-0001', 'p-0002', '1'])
    expect(text).toContain('"c0" in ($3::text, $4::text)')
  })

  it('works its value out where it needs no row', () => {
    expect(detail("payment_id = CONCAT('p-', '0003')").values).toEqual(['p-0003', '2'])
    expect(plan('SELECT * FROM int_t WHERE id = 4 + 1;').values[0]).toBe('5')
  })

  it('is refused where its value needs no row and is not worked out', () => {
    expect(errorOf("SELECT v FROM int_t WHERE id = LEN('abcde');").code).toBe(40001)
  })

  it('takes other conditions beside it', () => {
    expect(detail("payment_id = 'p-0003' AND status = 'X'")).toMatchObject({ isScan: false })
    expect(detail("payment_id = 'p-0003' AND status = 'X'").text).toContain('("c1" = $3::text)')
  })
})

describe('a query that reads every partition', () => {
  it.each([
    ["payment_id >= 'p-0003'", false],
    ["payment_id >= 'p-0003' AND payment_id < 'p-0006'", true],
    ["payment_id BETWEEN 'a' AND 'b'", true],
    ["payment_id <> 'p-0003'", true],
    ["payment_id LIKE 'p%'", true],
    ["payment_id = 'p-0001' AND payment_id = 'p-0002'", true],
    ["payment_id = 'p-0001' OR status = 'X'", true],
    ['payment_id = status', true],
    ["status = 'X'", true],
  ])('%s: a scan %s', (where, isScan) => {
    const found = detail(where)
    expect(found.isScan).toBe(isScan)
    expect(found.text).not.toContain('"partition" =')
  })

  it('is one where nothing is said', () => {
    expect(plan('SELECT payment_id FROM payment_detail LIMIT 2;')).toMatchObject({
      text: `${selected} ${ordered} limit $1::text::bigint`,
      values: ['2'],
      isScan: true,
    })
  })

  it('has whole numbers below zero last, as their bytes have it', () => {
    expect(plan('SELECT id FROM int_t;').text).toContain('order by "partition", "c0" < 0, "c0"')
  })
})

describe('what compares with what', () => {
  it.each([
    ['amount = 100', '("c4" = $1::text::integer)', '100'],
    ['amount_minor = 9007199254740993', '("c3" = $1::text::bigint)', '9007199254740993'],
    ['attempts > 1.5', '("c2" > $1::text::numeric)', '1.5'],
    ["created_at < '2026'", '("c7" < $1::text collate "C")', '2026'],
    ["creditor->country = 'NL'", '((("c8" -> $1::text) #>> \'{}\') = $2::text)', 'COUNTRY'],
    ['ROWTIME >= 5', '("rowtime" >= $1::text::integer)', '5'],
  ])('%s', (where, sql, first) => {
    const { text, values } = detail(where)
    expect(text).toContain(`where ${sql} order`)
    expect(values[0]).toBe(first)
  })

  it('a date and a text that is one, and never with one that is none', () => {
    const dates = (text: string) => plan(`SELECT id FROM types_t WHERE dt = '${text}';`)
    expect(dates('2026-11-22')).toMatchObject({ values: ['20779'] })
    expect(dates('nope').text).toContain('where ("c13" is null and false)')
  })

  it('as a value is false where a side is NULL', () => {
    expect(detail("(status = 'X') = false").text).toContain('coalesce(("c1" = $1::text), false)')
  })
})

describe('columns of an answer', () => {
  const names = (items: string) =>
    plan(`SELECT ${items} FROM payment_detail;`).columns.map(({ name }) => name)

  it('are numbered where they have no name, and only those', () => {
    expect(names('status, 1, attempts AS a, 2')).toEqual([
      'STATUS',
      'KSQL_COL_0',
      'A',
      'KSQL_COL_1',
    ])
  })

  it('of members have the name of the member, numbered where it is taken', () => {
    expect(names('creditor->name, creditor->iban, creditor->name')).toEqual([
      'NAME',
      'IBAN',
      'NAME_1',
    ])
  })

  it('are the key only under its own name', () => {
    const keys = plan('SELECT payment_id, payment_id AS p FROM payment_detail;').columns
    expect(keys.map(({ isKey }) => isKey)).toEqual([true, false])
  })
})

describe('what is refused before Postgres would', () => {
  it.each([
    [
      'more values than a query may have',
      `payment_id IN (${'1'
        .repeat(70_000)
        .split('')
        .map((_, at) => `'${at}'`)
        .join()})`,
    ],
    ['a number beyond BIGINT', 'amount_minor > 99999999999999999999'],
    ['more digits than DECIMAL has', `amount > ${'9'.repeat(39)}.1`],
    ['a number beyond DOUBLE', 'amount > 1E999'],
    ['a pattern that ends in its escape', "status LIKE 'a!' ESCAPE '!'"],
    ['a limit beyond all rows', "status = 'X' LIMIT 99999999999"],
  ])('%s', (_, where) => {
    const error = errorOf(`SELECT payment_id FROM payment_detail WHERE ${where};`)
    expect(error).toMatchObject({ code: 40001, isParseError: false })
  })

  it('a push query', () => {
    expect(errorOf('SELECT * FROM payment_detail EMIT CHANGES;').code).toBe(40001)
  })

  it('a switch of scans that is no boolean', () => {
    const select = selectIn('SELECT payment_id FROM payment_detail;')
    const properties = { 'ksql.query.pull.table.scan.enabled': 'perhaps' }
    expect(() => planPull(select, observedSources, { properties, areTyped: false })).toThrow(
      KsqlError,
    )
  })
})
