import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InputRecord } from '#core/records'
import { debitTimers } from '#apps/corrente/debits/topic-sources'
import type { CardAccount, DebitDecided } from '#schemas/generated/types'
import { debitCards, debitDecisions } from '#schemas/topics'
import { type Alter, alteredDecision, type IsIt } from '#tests/end-to-end/altered-decision'
import { mixedRequests, writeRequests } from '#tests/end-to-end/mixed-debits'
import { allDecided, openOwnBooks, type OwnBooks, verify } from '#tests/end-to-end/own-books'
import { allRecords, valueIn, withValue, writeAsStranger } from '#tests/end-to-end/rewritten-topic'

let books: OwnBooks
beforeAll(async () => {
  books = await openOwnBooks((line) => process.stderr.write(`${line}\n`))
}, 120_000)
afterAll(() => books?.close())

/** The one row that a statement gives. */
const rowOf = async (statement: string): Promise<Readonly<Record<string, unknown>>> => {
  const [row] = await books.database.rows(statement)
  return row!
}
const countOf = async (table: string) =>
  (await rowOf(`select count(*)::int as count from debits.${table}`))['count']

describe('corrente debits verify', () => {
  it('says that it cannot where nothing was decided yet', async () => {
    const { code, err } = await verify()
    expect(err).toMatch(/^could not be verified: debit-authoriser has committed nothing on debits/)
    expect(code).toBe(2)
  })

  it('proves the books while the authoriser goes on', async () => {
    await books.startAuthoriser()
    const seeds = Array.from({ length: 30 }, (_, seed) => seed)
    const [unusable] = mixedRequests([99], 1)
    await writeRequests(books.platform, [{ ...unusable!, request_id: '' }])
    const writing = writeRequests(books.platform, mixedRequests(seeds, 100))
    await sleep(1_000)
    const { code, told } = await verify('--no-postgres')
    await writing
    expect(told).toEqual([])
    expect(code).toBe(0)
    await allDecided(books.platform)
  }, 120_000)

  it('proves all of them, and every row of Postgres', async () => {
    await books.startProjector()
    const { code, found, told } = await verify()
    expect(told).toEqual([])
    expect(code).toBe(0)
    const decisions = found!.partitions.reduce((sum, one) => sum + one.decisions, 0)
    expect(decisions).toBeGreaterThan(1_500)
    // The request without an id.
    expect(found!.partitions.reduce((sum, one) => sum + one.letters, 0)).toBe(1)
    expect(await countOf('decisions')).toBe(decisions)
    const lines = await countOf('statement_lines')
    expect(found!.postgres).toMatchObject({
      state: 'compared',
      rows: { decisions, ledger_postings: 2 * Number(lines), statement_lines: lines },
    })
    expect((await verify('--no-postgres', '--no-redecide')).told).toEqual([])
  }, 60_000)

  it('shows each row of Postgres that was altered, taken away or added', async () => {
    const decision = await rowOf(
      `update debits.decisions as d set amount = d.amount + 1
       from (select * from debits.decisions where amount > 0 order by request_id limit 1) as one
       where (d.origin_partition, d.decision_offset) = (one.origin_partition, one.decision_offset)
       returning d.*`,
    )
    const line = await rowOf(
      `delete from debits.statement_lines where (account_id, sequence) in
       (select account_id, sequence from debits.statement_lines limit 1) returning *`,
    )
    const account = await rowOf(
      `update debits.accounts set posted = posted - 5
       where account_id = (select max(account_id) from debits.accounts) returning *`,
    )
    await books.database.rows(
      `insert into debits.ledger_postings (origin_partition, origin_offset, ordinal, ledger_account, nature,
       currency, amount) values (0, 1, 7, '1.0.0.0.01', 'Debit', 'EUR', 5)`,
    )
    const { code, told } = await verify()
    expect(code).toBe(1)
    const placeOf = ({ origin_partition, origin_offset }: typeof line) =>
      `${String(origin_partition)}:${String(origin_offset)}`
    const amount = Number(decision['amount'])
    const posted = Number(account['posted'])
    const { account_id, origin_partition } = account
    expect(new Set(told)).toEqual(
      new Set([
        {
          kind: 'wrong-in-postgres',
          at: `debits.decisions ${placeOf(decision)}:${String(decision['decision_offset'])}`,
          account_id: decision['account_id'],
          what: `amount ${amount} for ${amount - 1}`,
        },
        {
          kind: 'missing-in-postgres',
          at: `debits.statement_lines ${placeOf(line)}`,
          account_id: line['account_id'],
          what: '',
        },
        {
          kind: 'wrong-in-postgres',
          at: `debits.accounts ${String(origin_partition)}:${String(account_id)}`,
          account_id,
          what: `posted ${posted} for ${posted + 5}`,
        },
        {
          kind: 'unasked-in-postgres',
          at: 'debits.ledger_postings 0:1:7',
          account_id: null,
          what: '',
        },
      ]),
    )
  }, 60_000)

  it('shows a decision more than was asked for, whoever wrote it', async () => {
    await books.stopAuthoriser()
    const [record] = await allRecords(books.platform.kafka, debitDecisions)
    const told = valueIn<DebitDecided>(debitDecisions, record!)
    const copy = withValue(debitDecisions, record!, { ...told, event_id: randomUUID() })
    await writeAsStranger(books.platform.kafka, [copy])
    const { code, told: found } = await verify('--no-postgres')
    expect(code).toBe(1)
    const { origin_partition, origin_offset, account_id, type } = told.decision
    const at = new RegExp(`^debits.decisions@${record!.partition}:\\d+$`)
    const what = `${type} of debits@${origin_partition}:${origin_offset}`
    const where = { at: expect.stringMatching(at) as string, account_id }
    expect(found).toEqual([{ kind: 'unasked-decision', ...where, what }])
  }, 60_000)
})

describe('a decision that was altered where it lies', () => {
  let records: readonly InputRecord[]
  beforeAll(async () => {
    const answered = new Set<string>()
    const isFirst = ({ request_event_id }: DebitDecided) =>
      !answered.has(request_event_id) && answered.add(request_event_id)
    // Without the one that the stranger wrote.
    const all = await allRecords(books.platform.kafka, debitDecisions)
    records = all.filter((record) => isFirst(valueIn(debitDecisions, record)))
  })

  const altered = (isIt: IsIt, alter: Alter) =>
    alteredDecision(books.platform.kafka, records, { isIt, alter })

  it('is found by the books of its account, without deciding anything again', async () => {
    const isDebit = ({ type, code }: DebitDecided['decision']) => type === 'Debit' && code === '00'
    const less = ({ amount, asked }: DebitDecided['decision']) => {
      return { amount: amount - 1, asked: asked - 1 }
    }
    const { account_id } = await altered(isDebit, less)
    const { code, told } = await verify('--no-postgres', '--no-redecide')
    expect(code).toBe(1)
    expect(told[0]).toMatchObject({ kind: 'wrong-effect', account_id })
  }, 60_000)

  it('is found by deciding again where it is right in itself', async () => {
    const isRefused = ({ reason }: DebitDecided['decision']) => reason === 'insufficient-funds'
    const otherwise = () => ({ code: '05', reason: 'account-blocked' })
    const { account_id } = await altered(isRefused, otherwise)
    const { code, told } = await verify('--no-postgres')
    expect(code).toBe(1)
    const what =
      'decided again: decision.code 05 for 51, decision.reason account-blocked for insufficient-funds'
    const other = told.filter(({ kind }) => kind === 'other-decision')
    expect(other).toEqual([expect.objectContaining({ account_id, what })])
  }, 60_000)
})

it('shows a card that was turned to another account, and a hold that nothing would end', async () => {
  const { kafka } = books.platform
  const newest = new Map<string | null, InputRecord>()
  for (const record of await allRecords(kafka, debitTimers)) newest.set(record.key, record)
  const timer = [...newest.values()].find(({ value }) => value !== null)!
  const card = (await allRecords(kafka, debitCards)).at(-1)!
  const { card_id } = valueIn<CardAccount>(debitCards, card)
  const turned = withValue(debitCards, card, { card_id, account_id: 'token-9' })
  await writeAsStranger(kafka, [{ ...timer, value: null }, turned])
  for (const options of [[], ['--no-redecide']]) {
    const { code, told } = await verify('--no-postgres', ...options)
    expect(code).toBe(1)
    const found = told.filter(({ kind }) => /-(timer|card)$/.test(kind))
    expect(found.map(({ kind, account_id }) => [kind, account_id])).toEqual([
      ['missing-timer', expect.stringMatching(/^token-\d-\d+$/)],
      ['unasked-card', 'token-9'],
    ])
  }
}, 60_000)
