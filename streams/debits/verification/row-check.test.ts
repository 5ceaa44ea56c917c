import { describe, expect, it } from 'vitest'
import { SortedRows } from '#core/sorted-rows'
import type { DebitRow } from '#schemas/generated/types'
import { account_id } from '#streams/debits/debit-samples'
import { day } from '#streams/debits/verification/day-samples'
import { kindsOf, verified } from '#streams/debits/verification/recording-samples'
import { compareCounters, compareRows, type FoundRow } from '#streams/debits/verification/row-check'
import { rowDigest } from '#streams/debits/verification/row-digest'
import { Violations } from '#streams/debits/verification/violations'

const at = (key: string) => `row ${key}`
const account = day.rows.get('a/token-1') as Extract<DebitRow, { kind: 'Account' }>
const hold = day.rows.get('h/token-1/h4') as Extract<DebitRow, { kind: 'Hold' }>
const [requestKey, request] = [...day.rows].find(([, { kind }]) => kind === 'Request')!

/** The rows of the state at the end of the day, some of them otherwise; null is missing. */
function rowsOf(changes: Readonly<Record<string, DebitRow | null>>) {
  const rows = new SortedRows<FoundRow>()
  for (const [key, row] of [...day.rows, ...Object.entries(changes)]) {
    if (row === null) rows.delete(key)
    else rows.set(key, row.kind === 'Request' ? { digest: rowDigest(row) } : { row })
  }
  return { get: (key: string) => rows.get(key), range: (range: object) => rows.range(range) }
}

/** Both ways to compare, and what each finds. */
function found(changes: Readonly<Record<string, DebitRow | null>>) {
  const { check, rows } = verified(day)
  const [whole, counters] = [new Violations(), new Violations()]
  const books = { accounts: check.decided.accounts, sequences: check.books.sequences }
  compareRows(rows.range({}), rowsOf(changes), { at, violations: whole })
  compareCounters(books, rowsOf(changes), { at, violations: counters })
  return { whole, kinds: kindsOf(whole), ofCounters: kindsOf(counters), counters }
}
const withCredits = (credits: number): DebitRow => {
  const { account: kept } = account
  return { ...account, account: { ...kept, credits } }
}

describe('the rows of the state', () => {
  it('are what comes of deciding all again', () => {
    expect(found({})).toMatchObject({ kinds: {}, ofCounters: {} })
  })

  it('hold no other money', () => {
    const { whole, kinds, ofCounters, counters } = found({ 'a/token-1': withCredits(1_251) })
    expect([kinds, ofCounters]).toEqual([{ 'wrong-row': 1 }, { 'wrong-row': 1 }])
    const where = { kind: 'wrong-row', at: 'row a/token-1', account_id }
    const { credits } = account.account
    expect(whole.list()[0]!.first).toEqual([
      { ...where, what: `account.credits 1251 for ${credits}` },
    ])
    const posted = { ...where, what: expect.stringMatching(/^posted \d+ for 571$/) as string }
    expect(counters.list()[0]!.first).toEqual([posted])
  })

  it('hold nothing else of a hold', () => {
    const other: DebitRow = { ...hold, hold: { ...hold.hold, left: 7 } }
    const { kinds, ofCounters } = found({ 'h/token-1/h4': other })
    expect([kinds, ofCounters]).toEqual([{ 'wrong-row': 1 }, { 'wrong-row': 1 }])
  })

  it('are all there, and no others are', () => {
    const wrong = { 'a/token-1': null, 'h/token-1/h9': hold }
    const { kinds, ofCounters } = found(wrong)
    const both = { 'missing-row': 1, 'unasked-row': 1 }
    expect([kinds, ofCounters]).toEqual([both, both])
    expect(found({ 'r/99999999/token-1/d9': request }).kinds).toEqual({ 'unasked-row': 1 })
  })

  it('know each request as it was', () => {
    if (request.kind !== 'Request') throw new Error('it is none')
    const other: DebitRow = { ...request, request: { ...request.request, reversed: 1 } }
    const { whole, kinds, ofCounters } = found({ [requestKey]: other })
    expect([kinds, ofCounters]).toEqual([{ 'wrong-row': 1 }, {}])
    expect(whole.list()[0]!.first[0]).toMatchObject({ account_id, what: 'its request' })
    expect(found({ [requestKey]: null }).kinds).toEqual({ 'missing-row': 1 })
  })

  it('may say other things of an account that are no money, where nothing is decided again', () => {
    const kept = { ...account.account, cards: [] }
    const { kinds, ofCounters } = found({ 'a/token-1': { ...account, account: kept } })
    expect([kinds, ofCounters]).toEqual([{ 'wrong-row': 1 }, {}])
  })
})
