import { describe, expect, it } from 'vitest'
import type { LedgerEntry, StatementEntry } from '#schemas/generated/types'
import { account_id } from '#streams/debits/debit-samples'
import { after, changed, day, requestPlaceOf } from '#streams/debits/verification/day-samples'
import { verified, without } from '#streams/debits/verification/recording-samples'

const entry = day.entries.find(({ value }) => value.request_id === 'd3')!
const line = day.lines.find(({ value }) => value.request_id === 'd3')!
const withEntry = (changes: Partial<LedgerEntry>) => ({
  ...day,
  entries: changed(day.entries, entry, (value) => ({ ...value, ...changes })),
})
const withLine = (changes: Partial<StatementEntry>) => ({
  ...day,
  lines: changed(day.lines, line, (value) => ({ ...value, ...changes })),
})
const [money, deposits] = entry.value.postings

describe('the entries of the books', () => {
  it('are there for what was booked, and name what it was', () => {
    const { kinds, violations } = verified({ ...day, entries: without(day.entries, entry) })
    expect(kinds).toEqual({ 'missing-entry': 1 })
    expect(violations.list()[0]!.first).toEqual([
      {
        kind: 'missing-entry',
        at: requestPlaceOf('d3'),
        account_id,
        what: 'Debit, booked by -679',
      },
    ])
  })

  it('are not there twice, nor for what booked nothing', () => {
    const twice = { ...day, entries: after(day.entries, entry, { ...entry, offset: 99 }) }
    expect(verified(twice).kinds).toEqual({ 'unasked-entry': 1 })
    const held = { ...entry.value, origin_offset: 3, request_id: 'h1' }
    const unasked = { ...day, entries: after(day.entries, entry, { offset: 99, value: held }) }
    const { kinds, violations } = verified(unasked)
    expect(kinds).toEqual({ 'unasked-entry': 1 })
    expect(violations.list()[0]!.first[0]).toMatchObject({
      at: 'ledger.entries@0:99',
      what: 'of debits@0:3',
    })
  })

  it('are not there for what comes later than all that was decided', () => {
    const last = { ...entry.value, origin_offset: day.requests.length }
    const ahead = { ...day, entries: [...day.entries, { offset: 99, value: last }] }
    expect(verified(ahead).kinds).toEqual({ 'unasked-entry': 1 })
    expect(verified(ahead, { decidedBelow: day.requests.length + 1 }).kinds).toEqual({})
    const other = { ...last, origin_partition: 1 }
    const elsewhere = { ...day, entries: [...day.entries, { offset: 99, value: other }] }
    const given = { decidedBelow: day.requests.length + 1 }
    expect(verified(elsewhere, given).kinds).toEqual({ 'unasked-entry': 1 })
  })

  it.each<[what: string, changes: Partial<LedgerEntry>, kinds: object]>([
    ['another account', { account_id: 'token-9' }, { 'wrong-entry': 1 }],
    ['another currency', { currency: 'USD' }, { 'wrong-entry': 1 }],
    [
      'sides that were exchanged',
      {
        postings: [
          { ...money!, nature: 'Debit' },
          { ...deposits!, nature: 'Credit' },
        ],
      },
      { 'wrong-entry': 1 },
    ],
    [
      'one side that was altered',
      { postings: [money!, { ...deposits!, amount: 1 }] },
      { 'wrong-entry': 1, 'unbalanced-entry': 1 },
    ],
    [
      'two sides more, which add up to zero',
      {
        postings: [
          ...entry.value.postings,
          { ...money!, nature: 'Debit' },
          { ...money!, nature: 'Credit' },
        ],
      },
      { 'wrong-entry': 1 },
    ],
    ['one side alone', { postings: [money!] }, { 'wrong-entry': 1, 'unbalanced-entry': 1 }],
  ])('show %s', (_, changes, kinds) => {
    expect(verified(withEntry(changes)).kinds).toEqual(kinds)
  })

  it('add up to what lies on the accounts', () => {
    const { balance } = verified(day)
    expect(balance.list()).toEqual([
      {
        currency: 'EUR',
        sum: 0n,
        byLedgerAccount: { '1.0.0.0.01': 571n, '2.0.0.0.01': -571n },
        posted: 571n,
        held: 6n,
      },
    ])
    expect(balance.problems('2.0.0.0.01')).toEqual([])
    const { balance: other } = verified({ ...day, entries: without(day.entries, entry) })
    expect(other.problems('2.0.0.0.01')).toEqual([
      'EUR: all entries add up to 0; 1250 is owed to holders, and 571 lies on their accounts',
    ])
  })
})

describe('the lines of a statement', () => {
  it('are there for what was booked, each once', () => {
    const missing = { ...day, lines: without(day.lines, line) }
    expect(verified(missing).kinds).toEqual({ 'missing-line': 1 })
    const twice = { ...day, lines: after(day.lines, line, { ...line, offset: 99 }) }
    expect(verified(twice).kinds).toEqual({ 'unasked-line': 1 })
  })

  it.each<[what: string, changes: Partial<StatementEntry>, what_: string]>([
    ['another balance', { balance: 67 }, 'balance 67 for 66'],
    ['another amount', { amount: -678 }, 'amount -678 for -679'],
    ['another text, which is not told', { text: 'a coffee' }, 'text'],
  ])('show %s', (_, changes, what) => {
    const { kinds, violations } = verified(withLine(changes))
    expect(kinds).toEqual({ 'wrong-line': 1 })
    expect(violations.list()[0]!.first[0]).toMatchObject({ what, account_id })
  })

  it('have no gap and no place twice', () => {
    expect(verified(withLine({ sequence: 7 })).kinds).toEqual({ 'wrong-line': 2 })
    expect(verified(withLine({ sequence: 5 })).kinds).toEqual({ 'wrong-line': 2 })
  })
})
