import { describe, expect, it } from 'vitest'
import { Authoriser, given } from '#streams/debits/debit-drive'
import {
  authorise,
  changeStatus,
  dayMs,
  debit,
  increment,
  nowMs,
  open,
  account_id,
  post,
  voidHold,
} from '#streams/debits/debit-samples'

describe('an authorisation', () => {
  it('holds money: it stays booked and cannot be spent', () => {
    const account = given(open(100))
    account.when(authorise('h1', 60)).then('approved', { amount: 60, posted: 100, held: 60 })
    account.when(debit('d1', 41)).then('insufficient-funds', { posted: 100, held: 60 })
    account.when(debit('d2', 40)).then('approved', { amount: 40, posted: 60, held: 60 })
    account.when(authorise('h2', 1)).then('insufficient-funds', { posted: 60, held: 60 })
  })

  it('holds what there is where less will do', () => {
    const account = given(open(100))
    const answer = account.when(authorise('h1', 160, { allows_partial: true }))
    answer.then('partially-approved', { amount: 100, posted: 100, held: 100 })
    expect(answer.decision).toMatchObject({ hold_id: 'h1', hold_left: 100 })
  })

  it('ends when it says, else after seven days', () => {
    const wakes = (request: ReturnType<typeof authorise>) =>
      given(open(100))
        .when(request)
        .outcome.wakes?.map(({ wakeAt }) => wakeAt.getTime())
    expect(wakes(authorise('h1', 60))).toEqual([nowMs + 7 * dayMs])
    expect(wakes(authorise('h1', 60, { expires_at: nowMs + 1 }))).toEqual([nowMs + 1])
    expect(wakes(authorise('h1', 101))).toEqual([])
  })

  it('cannot end before it begins, or after more than 366 days', () => {
    const account = given(open(100))
    for (const expires_at of [nowMs, nowMs - 1, 0, -1, nowMs + 366 * dayMs + 1]) {
      const request = authorise(`h${expires_at}`, 60, { expires_at })
      account.when(request).then('invalid-expiry', { posted: 100 })
    }
    const longest = authorise('h1', 60, { expires_at: nowMs + 366 * dayMs })
    account.when(longest).then('approved', { amount: 60, posted: 100, held: 60 })
  })

  it('does not take the place of a hold whose id was forgotten', () => {
    const account = given(open(100), authorise('h1', 60))
    const atMs = nowMs + 7 * dayMs - 1
    account
      .when(authorise('h1', 20, {}, { requested_at: atMs }), atMs)
      .then('hold-exists', { posted: 100, held: 60 })
  })
})

describe('an increment', () => {
  it('holds more under the same authorisation, where it is available', () => {
    const account = given(open(100), authorise('h1', 60))
    account.when(increment('i1', 'h1', 41)).then('insufficient-funds', { posted: 100, held: 60 })
    const answer = account.when(increment('i2', 'h1', 40))
    answer.then('approved', { amount: 40, posted: 100, held: 100 })
    expect(answer.decision).toMatchObject({ hold_id: 'h1', hold_left: 100 })
    account.when(post('p1', 'h1', 100)).then('approved', { amount: 100, posted: 0 })
  })

  it('is none without its hold, or in another currency', () => {
    const account = given(open(100), authorise('h1', 60))
    account.when(increment('i1', 'h2', 1)).then('hold-not-found', { posted: 100, held: 60 })
    account.when(increment('i2', 'h1', 1, 'USD')).then('other-currency', { posted: 100, held: 60 })
    account.when(increment('i3', 'h1', 0)).then('invalid-amount', { posted: 100, held: 60 })
  })

  it('needs a card that is still good', () => {
    const block = changeStatus('b1', { card_id: account_id, card_status: 'Blocked' })
    const account = given(open(100), authorise('h1', 60), block)
    account.when(increment('i1', 'h1', 1)).then('card-blocked', { posted: 100, held: 60 })
  })
})

describe('a post', () => {
  it('takes what is held, in parts, until one is final', () => {
    const account = given(open(100), authorise('h1', 60))
    account.when(post('p1', 'h1', 20)).then('approved', { amount: 20, posted: 80, held: 40 })
    account.when(post('p2', 'h1', 10)).then('approved', { amount: 10, posted: 70, held: 30 })
    const last = account.when(post('p3', 'h1', 5, { isFinal: true }))
    last.then('approved', { amount: 5, posted: 65, held: 0 })
    expect(last.decision).toMatchObject({ hold_id: 'h1', hold_left: 0 })
    account.when(post('p4', 'h1', 1)).then('hold-closed', { posted: 65 })
  })

  it('may take up to 15 % more than was authorised in all, where it is available', () => {
    const account = given(open(200), authorise('h1', 100))
    account.when(post('p1', 'h1', 116)).then('over-tolerance', { posted: 200, held: 100 })
    account.when(post('p2', 'h1', 110)).then('approved', { amount: 110, posted: 90 })
    account.when(post('p3', 'h1', 6)).then('over-tolerance', { posted: 90 })
    account.when(post('p4', 'h1', 5)).then('approved', { amount: 5, posted: 85 })
    account.when(post('p5', 'h1', 1)).then('over-tolerance', { posted: 85 })
  })

  it('takes no more than is available beyond its hold', () => {
    const account = given(open(110), authorise('h1', 100), authorise('h2', 5))
    account.when(post('p1', 'h1', 106)).then('insufficient-funds', { posted: 110, held: 105 })
    account.when(post('p2', 'h1', 105)).then('approved', { amount: 105, posted: 5, held: 5 })
  })

  it('has the tolerance that the installation has chosen, rounded down', () => {
    for (const [overPostPercent, most] of [
      [0, 99],
      [1, 99],
      [2, 100],
      [100, 198],
    ] as const) {
      const account = new Authoriser({ overPostPercent })
      account.when(open(1_000))
      account.when(authorise('h1', 99))
      const over = account.when(post('p1', 'h1', most + 1))
      over.then('over-tolerance', { posted: 1_000, held: 99 })
      account.when(post('p2', 'h1', most)).then('approved', { amount: most, posted: 1_000 - most })
    }
  })

  it('counts what was incremented as authorised', () => {
    const account = given(open(1_000), authorise('h1', 100), increment('i1', 'h1', 100))
    account.when(post('p1', 'h1', 231)).then('over-tolerance', { posted: 1_000, held: 200 })
    account.when(post('p2', 'h1', 230)).then('approved', { amount: 230, posted: 770 })
  })

  it('goes on where more was incremented after a post beyond the hold', () => {
    const account = given(open(1_000), authorise('h1', 100), post('p1', 'h1', 110))
    account
      .when(increment('i1', 'h1', 100))
      .then('approved', { amount: 100, posted: 890, held: 100 })
    account.when(post('p2', 'h1', 121)).then('over-tolerance', { posted: 890, held: 100 })
    account.when(post('p3', 'h1', 120)).then('approved', { amount: 120, posted: 770 })
  })

  it('is none without its hold, in another currency or without an amount', () => {
    const account = given(open(100), authorise('h1', 60))
    const unchanged = { posted: 100, held: 60 }
    account.when(post('p1', 'h2', 1)).then('hold-not-found', unchanged)
    account.when(post('p2', 'h1', 1, { of: 'USD' })).then('other-currency', unchanged)
    account.when(post('p3', 'h1', -1)).then('invalid-amount', unchanged)
  })
})

describe('a void', () => {
  it('releases what is still held, and ends the hold', () => {
    const account = given(open(100), authorise('h1', 60), post('p1', 'h1', 20))
    account.when(voidHold('v1', 'h1')).then('approved', { amount: 40, posted: 80 })
    account.when(voidHold('v2', 'h1')).then('hold-closed', { posted: 80 })
    account.when(increment('i1', 'h1', 1)).then('hold-closed', { posted: 80 })
    account.when(debit('d1', 80)).then('approved', { amount: 80, posted: 0 })
  })

  it('releases nothing where there is no such hold', () => {
    given(open(100)).when(voidHold('v1', 'h1')).then('hold-not-found', { posted: 100 })
  })
})
