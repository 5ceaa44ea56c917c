import { describe, expect, it } from 'vitest'
import { ledgerEntries, ledgerPostings, statementLines } from '#apps/debit-projector/book-tables'
import { accounts, decisions } from '#apps/debit-projector/decision-tables'
import { decidedOf, entryOf, lineOf } from '#apps/debit-projector/example-debits'
import type { ProjectedTable } from '#apps/platform/projection/projected-table'

/** Where the first record lies. */
const first = 70

/** The rows of what the records say, by column. */
function rowsOf({ columns, cellsOf }: ProjectedTable, ...values: readonly unknown[]) {
  const cells = cellsOf(values.map((value, index) => ({ value, offset: first + index })))
  return (cells[0] ?? []).map((_, row) =>
    Object.fromEntries(columns.map(({ name }, column) => [name, cells[column]![row]])),
  )
}

describe('a decision', () => {
  it('is a row, with the balances before and after it', () => {
    const decided = decidedOf({
      before: { posted: 500, held: 20 },
      after: { posted: 400, held: 20 },
    })
    expect(rowsOf(decisions, decided)).toEqual([
      {
        origin_partition: 3,
        origin_offset: 41,
        decision_offset: first,
        account_id: 'token-1',
        request_id: 'request-1',
        type: 'Debit',
        code: '00',
        reason: 'approved',
        asked: 100,
        amount: 100,
        currency: 'BRL',
        posted_before: 500,
        held_before: 20,
        posted_after: 400,
        held_after: 20,
        card_id: 'card-1',
        card_display: '888877******0001',
        branch: 1,
        number: 1234,
        hold_id: null,
        hold_left: null,
        original_id: null,
        decided_at: 1_768_467_600_000,
      },
    ])
  })

  it('is one row, however often it is told', () => {
    const repeat = { ...decidedOf(), is_repeat: true }
    expect(rowsOf(decisions, decidedOf(), repeat)).toHaveLength(1)
    expect(rowsOf(decisions, repeat)).toEqual([])
  })

  it('is a row of its own where its request was sent back and decided once more, and not kept', () => {
    const tooOld = { code: '25', reason: 'too-old', amount: 0 }
    const [early, late] = [500, 800].map((posted) => ({ posted, held: 0 }))
    const once = decidedOf({ ...tooOld, before: early!, after: early! })
    const again = decidedOf({ ...tooOld, before: late!, after: late! })
    const origin = { origin_partition: 3, origin_offset: 41 }
    expect(rowsOf(decisions, once, again)).toMatchObject([
      { ...origin, decision_offset: first, posted_before: 500 },
      { ...origin, decision_offset: first + 1, posted_before: 800 },
    ])
  })

  it('that was refused is a row, too', () => {
    const refused = decidedOf({ code: '51', reason: 'insufficient-funds', amount: 0 })
    expect(rowsOf(decisions, refused)).toMatchObject([{ code: '51', asked: 100, amount: 0 }])
  })
})

describe('an account', () => {
  const left = (posted: number, held = 0) => ({ after: { posted, held } })

  it('has what its last decision left', () => {
    const last = { origin_offset: 42, decided_at: 1_768_467_600_007 }
    const rows = rowsOf(accounts, decidedOf(left(900)), decidedOf({ ...left(800, 50), ...last }))
    expect(rows).toEqual([
      {
        account_id: 'token-1',
        currency: 'BRL',
        posted: 800,
        held: 50,
        branch: 1,
        number: 1234,
        origin_partition: 3,
        ...last,
      },
    ])
  })

  it('is not changed by a decision that is told again: it was taken long before', () => {
    const repeat = { ...decidedOf(left(900)), is_repeat: true }
    expect(rowsOf(accounts, decidedOf(left(800)), repeat)).toMatchObject([{ posted: 800 }])
    expect(rowsOf(accounts, repeat)).toEqual([])
  })

  it('does not come to be by a request that was refused, such as for an account there is not', () => {
    const refused = decidedOf({ code: '14', reason: 'unknown-account', amount: 0, ...left(0) })
    expect(rowsOf(accounts, refused)).toEqual([])
    expect(rowsOf(accounts, decidedOf({ code: '10', ...left(0) }))).toMatchObject([{ posted: 0 }])
  })
})

describe('an entry of the books', () => {
  it('is a row, and each of its sides another, numbered', () => {
    const origin = { origin_partition: 3, origin_offset: 41 }
    expect(rowsOf(ledgerEntries, entryOf())).toEqual([
      {
        ...origin,
        account_id: 'token-1',
        request_id: 'request-1',
        currency: 'BRL',
        booked_at: 1_768_467_600_000,
      },
    ])
    const of = { ...origin, currency: 'BRL', amount: 100 }
    expect(rowsOf(ledgerPostings, entryOf())).toEqual([
      { ...of, ordinal: 0, ledger_account: '2.0.0.0.01', nature: 'Debit' },
      { ...of, ordinal: 1, ledger_account: '1.0.0.0.01', nature: 'Credit' },
    ])
  })
})

describe('a line of a statement', () => {
  it('is a row', () => {
    expect(rowsOf(statementLines, lineOf())).toEqual([
      {
        account_id: 'token-1',
        sequence: 1,
        request_id: 'request-1',
        type: 'Debit',
        amount: -100,
        currency: 'BRL',
        balance: 400,
        branch: 1,
        number: 1234,
        card_display: '888877******0001',
        text: 'padaria',
        booked_at: 1_768_467_600_000,
        origin_partition: 3,
        origin_offset: 41,
      },
    ])
  })
})
