import { describe, expect, it } from 'vitest'
import type { AccountBalance, DebitRequest, DebitRow, KeptAccount } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { postingsOf } from '#streams/debits/books'
import { type Answer, Authoriser } from '#streams/debits/debit-drive'
import { isApproved } from '#streams/debits/reasons'
import { Walk } from '#streams/debits/walk-samples'

const steps = 6_000
const noMoney: AccountBalance = { posted: 0, held: 0 }

// What is claimed of each of many records: `expect` would take longer than all of them.
function claim(isSo: boolean, words: string, answer: Answer): void {
  if (!isSo) throw new Error(`${words}: ${JSON.stringify(answer.outcome.emissions)}`)
}

/** Of one more try that was told what was decided, and nothing else. */
const isNoteOfTry = (row: unknown): boolean => {
  const told = row as DebitRow
  return told.kind === 'Request' && told.request.told.length > 0
}

/** Adds up what is emitted, and holds each record against those before it. */
class Proof {
  readonly last = new Map<string, AccountBalance>()
  readonly booked = new Map<string, number>()
  readonly lines = new Map<string, number>()
  readonly met = new Set<string>()

  add(answer: Answer): void {
    const told = answer.all(topics.debitDecisions)
    if (told.length === 0) return
    const [{ decision, is_repeat }] = told as [(typeof told)[number]]
    this.met.add(is_repeat ? 'repeat' : `${decision.type} ${decision.reason}`)
    if (is_repeat)
      return claim(this.#isSilent(answer), 'a repeat changes nothing but who was told', answer)
    const { account_id, before, after } = decision
    const last = this.last.get(account_id) ?? noMoney
    claim(isSame(before, last), 'it begins where the one before it ended', answer)
    claim(after.held >= 0 && after.posted >= after.held, 'what is available is there', answer)
    claim(isApproved(decision.code) || isSame(before, after), 'no is no', answer)
    const booked = (this.booked.get(account_id) ?? 0) + bookedBy(answer)
    claim(booked === after.posted, 'the balance is the sum of the entries', answer)
    this.booked.set(account_id, booked)
    this.last.set(account_id, after)
    this.#line(answer)
  }

  #isSilent({ outcome }: Answer): boolean {
    return outcome.emissions.slice(1).every(({ value }) => value === null || isNoteOfTry(value))
  }

  #line(answer: Answer): void {
    const { entry, statement, decision } = answer
    claim((statement === undefined) === (entry === undefined), 'an entry has a line', answer)
    if (!statement) return
    const sequence = (this.lines.get(statement.account_id) ?? 0) + 1
    this.lines.set(statement.account_id, sequence)
    claim(statement.sequence === sequence, 'lines are numbered without a gap', answer)
    claim(statement.balance === decision.after.posted, 'a line tells the balance', answer)
  }
}

const isSame = (a: AccountBalance, b: AccountBalance) => a.posted === b.posted && a.held === b.held

/** What an entry adds to what is owed to the holder of the account; its two sides are one sum. */
function bookedBy(answer: Answer): number {
  const { entry } = answer
  if (!entry) return 0
  const sums: Record<string, number> = {}
  for (const { ledger_account, nature, amount } of entry.postings) {
    claim(amount > 0, 'a side has an amount', answer)
    const sum = nature === 'Credit' ? amount : -amount
    sums[ledger_account] = (sums[ledger_account] ?? 0) + sum
  }
  claim(sums['1.0.0.0.01']! + sums['2.0.0.0.01']! === 0, 'an entry adds up to zero', answer)
  return sums['2.0.0.0.01']!
}

/** The accounts as they are kept, and what the holds of each have left. */
function keptIn({ rows }: Authoriser) {
  const accounts: KeptAccount[] = []
  const held = new Map<string, number>()
  for (const [, value] of rows.entries()) {
    const row = value as DebitRow
    if (row.kind === 'Account') accounts.push(row.account)
    if (row.kind !== 'Hold') continue
    const { account_id, left } = row.hold
    held.set(account_id, (held.get(account_id) ?? 0) + left)
  }
  return accounts.map((account) => ({ ...account, left: held.get(account.account_id) ?? 0 }))
}

describe('the books', () => {
  it('have a debit on the deposits where money leaves, and a credit where it comes', () => {
    const [money, deposits] = ['1.0.0.0.01', '2.0.0.0.01']
    expect(postingsOf(-30)).toEqual([
      { ledger_account: money, nature: 'Credit', amount: 30 },
      { ledger_account: deposits, nature: 'Debit', amount: 30 },
    ])
    expect(postingsOf(30)).toEqual([
      { ledger_account: money, nature: 'Debit', amount: 30 },
      { ledger_account: deposits, nature: 'Credit', amount: 30 },
    ])
  })

  it(`prove themselves over ${steps} requests of all kinds, which give the same bytes again`, () => {
    const authoriser = new Authoriser()
    const proof = new Proof()
    const walk = new Walk(1)
    const records: { request: DebitRequest; atMs: number; written: string }[] = []
    while (records.length < steps) {
      const [request, atMs] = walk.next()
      const answer = authoriser.when(request, atMs)
      walk.heard(answer)
      proof.add(answer)
      records.push({ request, atMs, written: JSON.stringify(answer.outcome) })
    }

    const accounts = keptIn(authoriser)
    expect(accounts).toHaveLength(4)
    for (const { account_id, credits, debits, held, left, sequence } of accounts) {
      expect(proof.last.get(account_id)).toEqual({ posted: credits - debits, held: left })
      expect([held, sequence]).toEqual([left, proof.lines.get(account_id)])
    }
    // A walk that met little would prove little.
    const types = ['Debit', 'Authorise', 'Increment', 'Post', 'Void', 'Reverse', 'Credit', 'Refund']
    for (const type of types) expect(proof.met).toContain(`${type} approved`)
    const refusals = ['Debit insufficient-funds', 'Post over-tolerance', 'Reverse over-original']
    const others = ['HoldDue approved', 'Debit forestalled', 'Debit partially-approved', 'repeat']
    for (const one of [...refusals, ...others]) expect(proof.met).toContain(one)

    const again = new Authoriser()
    const writtenAgain = records.map(({ request, atMs }) =>
      JSON.stringify(again.when(request, atMs).outcome),
    )
    expect(writtenAgain).toEqual(records.map(({ written }) => written))
    expect([...again.rows.range({})]).toEqual([...authoriser.rows.range({})])
  })
})
