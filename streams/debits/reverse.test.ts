import { describe, expect, it } from 'vitest'
import { given } from '#streams/debits/debit-drive'
import {
  addCard,
  authorise,
  changeStatus,
  credit,
  dayMs,
  debit,
  hourMs,
  nowMs,
  open,
  refund,
  reverse,
  sampleCard,
} from '#streams/debits/debit-samples'

describe('the reversal of a debit', () => {
  it('gives back what was taken', () => {
    const account = given(open(100), debit('d1', 30))
    const answer = account.when(reverse('r1', 'd1'))
    answer.then('approved', { amount: 30, posted: 100 })
    expect(answer.decision).toMatchObject({ original_id: 'd1', card_display: '999988******0001' })
  })

  it('finds nothing that stands the second time', () => {
    const account = given(open(100), debit('d1', 30), reverse('r1', 'd1'))
    account.when(reverse('r2', 'd1')).then('approved', { posted: 100 })
    account.when(reverse('r3', 'd1', { amount: 30 })).then('approved', { posted: 100 })
  })

  it('may be of a part, and of another part, up to what stands', () => {
    const account = given(open(100), debit('d1', 30))
    const part = (id: string, amount: number) => account.when(reverse(id, 'd1', { amount }))
    part('r1', 10).then('approved', { amount: 10, posted: 80 })
    part('r2', 15).then('approved', { amount: 15, posted: 95 })
    part('r3', 6).then('over-original', { posted: 95 })
    account.when(reverse('r4', 'd1')).then('approved', { amount: 5, posted: 100 })
    part('r5', 1).then('approved', { posted: 100 })
  })

  it('gives back no more than was approved', () => {
    const partial = debit('d1', 130, { allows_partial: true })
    given(open(100), partial)
      .when(reverse('r1', 'd1'))
      .then('approved', { amount: 100, posted: 100 })
  })

  it('has nothing to give back where it was declined', () => {
    const account = given(open(100))
    for (const request of [debit('d1', 130), authorise('h1', 130), credit('c1', 0)]) {
      account.when(request)
      const answer = account.when(reverse(`of ${request.request_id}`, request.request_id))
      answer.then('approved', { posted: 100 })
    }
  })

  it('is of an amount, if it names one', () => {
    const account = given(open(100), debit('d1', 30))
    for (const amount of [0, -1, 0.5, 1e15, 2 ** 53]) {
      const answer = account.when(reverse(`r${amount}`, 'd1', { amount }))
      answer.then('invalid-amount', { posted: 70 })
    }
  })

  it('gives back on an account that is blocked, or closed since', () => {
    const blocked = given(
      open(100),
      debit('d1', 30),
      changeStatus('s1', { account_status: 'Blocked' }),
    )
    blocked.when(reverse('r1', 'd1')).then('approved', { amount: 30, posted: 100 })
    const closed = given(
      open(30),
      debit('d1', 30),
      changeStatus('s1', { account_status: 'Closed' }),
    )
    closed.when(reverse('r1', 'd1')).then('approved', { amount: 30, posted: 30 })
  })
})

describe('a reversal before its original', () => {
  it('forestalls it: it is not taken when it comes, however often', () => {
    const account = given(open(100))
    account.when(reverse('r1', 'd1')).then('approved', { posted: 100 })
    account.when(debit('d1', 30)).then('forestalled', { posted: 100 })
    const again = account.when(debit('d1', 30))
    again.then('forestalled', { posted: 100 })
    expect(again.decided.is_repeat).toBe(true)
    account.when(reverse('r2', 'd1')).then('approved', { posted: 100 })
  })

  it('forestalls whatever comes under the id', () => {
    const account = given(open(100), reverse('r1', 'x'), reverse('r2', 'y'))
    account.when(authorise('x', 30)).then('forestalled', { posted: 100 })
    account.when(credit('y', 30)).then('forestalled', { posted: 100 })
  })

  it('forestalls nothing where it does not say when that was made: it may be forgotten', () => {
    const account = given(open(100))
    const answer = account.when(reverse('r1', 'd1', { original_requested_at: null }))
    answer.then('original-not-found', { posted: 100 })
    account.when(debit('d1', 30)).then('approved', { amount: 30, posted: 70 })
  })

  it('is refused where that is older than the window, known or not', () => {
    const account = given(open(100), debit('d1', 30))
    const atMs = nowMs + 72 * hourMs + 1
    for (const id of ['d1', 'd2']) {
      const request = reverse('r1', id, { original_requested_at: nowMs }, { requested_at: atMs })
      account.when(request, atMs).then('too-old', { posted: 70 })
    }
  })

  it('is refused for a part in another currency than that of the account, or in none', () => {
    const account = given(open(100), debit('d1', 30))
    for (const currency of ['JPY', null]) {
      const part = { amount: 10, currency }
      account.when(reverse(`r/${currency}`, 'd1', part)).then('other-currency', { posted: 70 })
    }
  })

  it('is found a day later, in the next bucket of ids, too', () => {
    const account = given(open(100), debit('d1', 30))
    for (const days of [1, 2, 3]) {
      const atMs = nowMs + days * dayMs
      const members = { requested_at: atMs }
      const part = { amount: 10, original_requested_at: nowMs }
      account
        .when(reverse(`r${days}`, 'd1', part, members), atMs)
        .then('approved', { amount: 10, posted: 70 + 10 * days })
    }
    // What was given back is noted where the debit is.
    expect([...account.rows.entries()].filter(([key]) => key.endsWith('/d1'))).toHaveLength(1)
  })
})

describe('what is not undone', () => {
  it('is money that came in, a change of cards or status, and a reversal', () => {
    const done = [
      credit('c1', 10),
      refund('f1', 10),
      addCard('a1', sampleCard({ card_id: 'token-2' })),
      changeStatus('s1', { account_status: 'Active' }),
      debit('d1', 20),
      reverse('r1', 'd1'),
    ]
    const account = given(open(100), ...done)
    for (const id of ['open', 'c1', 'f1', 'a1', 's1', 'r1']) {
      account.when(reverse(`of ${id}`, id)).then('not-reversible', { posted: 120 })
    }
  })

  it('is the reversal itself', () => {
    given(open(100)).when(reverse('r1', 'r1')).then('not-reversible', { posted: 100 })
  })

  it('is what lies on an account nobody opened', () => {
    given().when(reverse('r1', 'd1')).then('no-such-account', { posted: 0 })
  })
})
