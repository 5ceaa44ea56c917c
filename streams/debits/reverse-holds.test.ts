import { describe, expect, it } from 'vitest'
import { given } from '#streams/debits/debit-drive'
import { authorise, increment, open, post, reverse, voidHold } from '#streams/debits/debit-samples'

describe('the reversal of an authorisation', () => {
  it('releases all that is still held, and ends it; what was posted stands', () => {
    const account = given(open(100), authorise('h1', 60), increment('i1', 'h1', 20))
    account.when(post('p1', 'h1', 30)).then('approved', { amount: 30, posted: 70, held: 50 })
    const answer = account.when(reverse('r1', 'h1'))
    answer.then('approved', { amount: 50, posted: 70 })
    expect(answer.decision).toMatchObject({ hold_id: 'h1', hold_left: 0 })
    account.when(post('p2', 'h1', 1)).then('hold-closed', { posted: 70 })
    account.when(reverse('r2', 'h1')).then('approved', { posted: 70 })
  })

  it('ends one of which nothing is left: no post beyond it follows', () => {
    const account = given(open(100), authorise('h1', 60), post('p1', 'h1', 60))
    account.when(reverse('r1', 'h1', { amount: 1 })).then('approved', { posted: 40 })
    account.when(reverse('r2', 'h1')).then('approved', { posted: 40 })
    account.when(post('p2', 'h1', 1)).then('hold-closed', { posted: 40 })
  })

  it('may be of a part, of which the tolerance goes, too', () => {
    const account = given(open(1_000), authorise('h1', 200))
    const part = (id: string, amount: number) => account.when(reverse(id, 'h1', { amount }))
    part('r1', 100).then('approved', { amount: 100, posted: 1_000, held: 100 })
    part('r2', 101).then('over-original', { posted: 1_000, held: 100 })
    account.when(post('p1', 'h1', 116)).then('over-tolerance', { posted: 1_000, held: 100 })
    account.when(post('p2', 'h1', 115)).then('approved', { amount: 115, posted: 885 })
  })

  it('ends with the last part', () => {
    const account = given(open(100), authorise('h1', 60))
    account
      .when(reverse('r1', 'h1', { amount: 60 }))
      .then('approved', { amount: 60, posted: 100, held: 0 })
    account.when(increment('i1', 'h1', 1)).then('hold-closed', { posted: 100 })
  })

  it('finds nothing of one that was voided', () => {
    const account = given(open(100), authorise('h1', 60), voidHold('v1', 'h1'))
    account.when(reverse('r1', 'h1')).then('approved', { posted: 100 })
  })
})

describe('the reversal of an increment', () => {
  it('releases what was added, as far as it is still held', () => {
    const account = given(open(100), authorise('h1', 50), increment('i1', 'h1', 30))
    account
      .when(reverse('r1', 'i1', { amount: 10 }))
      .then('approved', { amount: 10, posted: 100, held: 70 })
    account.when(post('p1', 'h1', 60)).then('approved', { amount: 60, posted: 40, held: 10 })
    account
      .when(reverse('r2', 'i1', { amount: 11 }))
      .then('over-original', { posted: 40, held: 10 })
    account.when(reverse('r3', 'i1')).then('approved', { amount: 10, posted: 40, held: 0 })
    account.when(reverse('r4', 'i1')).then('approved', { posted: 40 })
  })

  it('releases no more than it added, in all, though more is held', () => {
    const account = given(open(100), authorise('h1', 50), increment('i1', 'h1', 30))
    const part = (id: string, amount: number) => account.when(reverse(id, 'i1', { amount }))
    part('r1', 10).then('approved', { amount: 10, posted: 100, held: 70 })
    part('r2', 21).then('over-original', { posted: 100, held: 70 })
    part('r3', 20).then('approved', { amount: 20, posted: 100, held: 50 })
    part('r4', 1).then('approved', { posted: 100, held: 50 })
  })

  it('finds nothing where the authorisation has ended', () => {
    const account = given(open(100), authorise('h1', 50), increment('i1', 'h1', 30))
    account.when(voidHold('v1', 'h1'))
    account.when(reverse('r1', 'i1')).then('approved', { posted: 100 })
  })
})

describe('the reversal of a post', () => {
  it('gives back what it took, and holds nothing again', () => {
    const account = given(open(100), authorise('h1', 60), post('p1', 'h1', 40))
    account.when(reverse('r1', 'p1')).then('approved', { amount: 40, posted: 100, held: 20 })
    account.when(reverse('r2', 'p1')).then('approved', { posted: 100, held: 20 })
  })

  it('and of its authorisation are two things, in either order, in one batch', () => {
    const account = given(open(100), authorise('h1', 60))
    account.when(post('p1', 'h1', 40)).then('approved', { amount: 40, posted: 60, held: 20 })
    account.when(reverse('r1', 'h1')).then('approved', { amount: 20, posted: 60 })
    account.when(reverse('r2', 'p1')).then('approved', { amount: 40, posted: 100 })

    const other = given(open(100), authorise('h1', 60))
    other.when(reverse('r1', 'h1')).then('approved', { amount: 60, posted: 100 })
    other.when(post('p1', 'h1', 40)).then('hold-closed', { posted: 100 })
    other.when(reverse('r2', 'p1')).then('approved', { posted: 100 })
  })
})
