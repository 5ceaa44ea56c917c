import { describe, expect, it } from 'vitest'
import type { AccountCard } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { given } from '#streams/debits/debit-drive'
import {
  account_id,
  addCard,
  authorise,
  changeStatus,
  credit,
  debit,
  increment,
  nowMs,
  open,
  post,
  refund,
  reverse,
  sampleCard,
  voidHold,
} from '#streams/debits/debit-samples'

const block = changeStatus('block', { account_status: 'Blocked' })
const close = changeStatus('close', { account_status: 'Closed' })
const second = sampleCard({ card_id: 'token-2', display: '999988******0002' })
const by = (card_id: string) => ({ card_id })

describe('an account', () => {
  it('is opened with what lies on it, which is booked', () => {
    const answer = given().when(open(100))
    answer.then('approved', { amount: 100, posted: 100 })
    expect(answer.decision).toMatchObject({
      before: { posted: 0, held: 0 },
      asked: 100,
      currency: 'EUR',
      branch: 1,
      number: 4711,
      card_id: account_id,
      card_display: '999988******0001',
    })
    expect(answer.statement).toMatchObject({ sequence: 1, amount: 100, balance: 100 })
  })

  it('is opened with nothing, and then nothing is booked', () => {
    const answer = given().when(open(0))
    answer.then('approved', { posted: 0 })
    expect([answer.entry, answer.statement]).toEqual([undefined, undefined])
  })

  it('is opened once', () => {
    const account = given(open(100))
    const again = account.when(open(100))
    again.then('approved', { amount: 100, posted: 100 })
    expect(again.decided.is_repeat).toBe(true)
    const other = open(200, {}, { request_id: 'open-2' })
    account.when(other).then('account-exists', { posted: 100 })
  })

  it.each([-1, 0.5, 1e15, 2 ** 53, NaN])('is not opened with %s', (balance) => {
    const account = given()
    account.when(open(balance)).then('invalid-amount', { posted: 0 })
    account.when(debit('d1', 1)).then('no-such-account', { posted: 0 })
  })

  it.each(['', 'EU', 'eur', 'EURO', '978'])('is not opened in “%s”', (currency) => {
    given().when(open(100, { currency })).then('unknown-currency', { posted: 0 })
  })
})

describe('a blocked account', () => {
  it('gives no money out but what it holds, and takes money in', () => {
    const account = given(open(100), authorise('h1', 50), block)
    const unchanged = { posted: 100, held: 50 }
    account.when(debit('d1', 1)).then('account-blocked', unchanged)
    account.when(authorise('h2', 1)).then('account-blocked', unchanged)
    account.when(increment('i1', 'h1', 1)).then('account-blocked', unchanged)
    account.when(post('p1', 'h1', 20)).then('approved', { amount: 20, posted: 80, held: 30 })
    account.when(voidHold('v1', 'h1')).then('approved', { amount: 30, posted: 80 })
    account.when(credit('c1', 5)).then('approved', { amount: 5, posted: 85 })
    account.when(refund('f1', 5)).then('approved', { amount: 5, posted: 90 })
    account.when(reverse('r1', 'p1')).then('approved', { amount: 20, posted: 110 })
  })

  it('takes debits again once it is active', () => {
    const account = given(open(100), block, changeStatus('s2', { account_status: 'Active' }))
    account.when(debit('d1', 30)).then('approved', { amount: 30, posted: 70 })
  })
})

describe('a closed account', () => {
  it('is one on which nothing lies', () => {
    given(open(1)).when(close).then('not-empty', { posted: 1 })
    given(open(10), authorise('h1', 10)).when(close).then('not-empty', { posted: 10, held: 10 })
    given(open(10), debit('d1', 10)).when(close).then('approved', { posted: 0 })
  })

  it('takes nothing any more', () => {
    const account = given(open(0), close)
    const requests = [
      debit('d1', 1),
      authorise('h1', 1),
      increment('i1', 'h1', 1),
      post('p1', 'h1', 1),
      voidHold('v1', 'h1'),
      credit('c1', 1),
      refund('f1', 1),
      addCard('a1', second),
      changeStatus('s1', { account_status: 'Active' }),
    ]
    for (const request of requests) account.when(request).then('account-closed', { posted: 0 })
  })
})

describe('a card', () => {
  it('draws on the account it was added to, which a table tells', () => {
    const account = given(open(100))
    const answer = account.when(addCard('a1', second))
    answer.then('approved', { posted: 100 })
    expect(answer.all(topics.debitCards)).toEqual([{ card_id: 'token-2', account_id }])
    const taken = account.when(debit('d1', 30, by('token-2')))
    taken.then('approved', { amount: 30, posted: 70 })
    expect(taken.statement).toMatchObject({ card_display: '999988******0002' })
  })

  it('needs no row there where the account is its own', () => {
    expect(given().when(open(100)).all(topics.debitCards)).toEqual([])
    const own = given(open(100, { card: null })).when(addCard('a1', sampleCard()))
    expect(own.all(topics.debitCards)).toEqual([])
  })

  it('has one where it is the first of an account that has a token of its own', () => {
    const answer = given().when(open(100, { card: second }))
    expect(answer.all(topics.debitCards)).toEqual([{ card_id: 'token-2', account_id }])
  })

  it('is on the account once, and one of a hundred at most', () => {
    const account = given(open(100))
    account.when(addCard('a1', sampleCard())).then('card-exists', { posted: 100 })
    const cards = Array.from({ length: 99 }, (_, n) => sampleCard({ card_id: `card-${n}` }))
    for (const card of cards) account.when(addCard(card.card_id, card))
    account.when(addCard('a2', second)).then('too-many-cards', { posted: 100 })
    account.when(debit('d1', 1, by('card-98'))).then('approved', { amount: 1, posted: 99 })
  })

  it('that the account does not have takes nothing, the token of the account included', () => {
    const account = given(open(100, { card: second }))
    account.when(debit('d1', 1, by(account_id))).then('no-such-card', { posted: 100 })
    account.when(authorise('h1', 1, by('token-3'))).then('no-such-card', { posted: 100 })
  })

  it('is refused when blocked, and only then', () => {
    const account = given(open(100), addCard('a1', second))
    account
      .when(changeStatus('s1', { card_id: 'token-2', card_status: 'Blocked' }))
      .then('approved', { posted: 100 })
    account.when(debit('d1', 1, by('token-2'))).then('card-blocked', { posted: 100 })
    account.when(debit('d2', 1)).then('approved', { amount: 1, posted: 99 })
    account.when(changeStatus('s2', { card_id: 'token-2', card_status: 'Active' }))
    account.when(debit('d3', 1, by('token-2'))).then('approved', { amount: 1, posted: 98 })
  })

  it('is refused from the instant on at which it expires, by the log’s clock', () => {
    const expiring = (expires_at: AccountCard['expires_at']) =>
      given(open(100, { card: sampleCard({ expires_at }) }))
    for (const request of [debit('d1', 1), authorise('d1', 1)]) {
      expiring(nowMs).when(request).then('card-expired', { posted: 100 })
    }
    expiring(nowMs + 1)
      .when(debit('d1', 1))
      .then('approved', { amount: 1, posted: 99 })
  })
})

describe('a change of status', () => {
  it('says whose and which, else it changes nothing', () => {
    const account = given(open(0))
    const nothing = [{}, { card_id: account_id }, { card_status: 'Blocked' as const }]
    nothing.forEach((changes, n) => {
      account.when(changeStatus(`s${n}`, changes)).then('nothing-to-change', { posted: 0 })
    })
    const unknown = { card_id: 'token-9', card_status: 'Blocked' as const }
    account.when(changeStatus('s9', unknown)).then('no-such-card', { posted: 0 })
  })
})
