import { describe, expect, it } from 'vitest'
import { given } from '#streams/debits/debit-drive'
import {
  authorise,
  credit,
  dayMs,
  debit,
  increment,
  nowMs,
  open,
  post,
  reverse,
} from '#streams/debits/debit-samples'

const deadline = nowMs + 3_000
/** The try that the samples are, and another one of the same request. */
const [oneTry, otherTry] = [
  debit('any', 1).event_id,
  '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c12',
] as const
/** Undoes a request, one try of which was told to be too late. */
const late = (id: string, original_id: string, late_event_id = oneTry) =>
  reverse(id, original_id, { late_event_id, original_requested_at: nowMs })

describe('the reversal of a request that was told to be too late', () => {
  it('gives back what was taken, and from then on the request was late, however often it comes', () => {
    const account = given(open(100), debit('d1', 30))
    account.when(late('late/1', 'd1'), deadline).then('approved', { amount: 30, posted: 100 })
    for (let time = 0; time < 2; time++) {
      const again = account.when(debit('d1', 30), deadline)
      again.then('late', { posted: 100 })
      expect(again.decided).toMatchObject({ is_repeat: true, decision: { code: '68', amount: 0 } })
    }
    account.when(debit('d1', 31), deadline).then('id-reused', { posted: 100 })
  })

  it('gives nothing back a second time, whoever asks', () => {
    const account = given(open(100), debit('d1', 30))
    account.when(late('late/1', 'd1'), deadline).then('approved', { amount: 30, posted: 100 })
    account.when(late('late/2', 'd1'), deadline).then('approved', { posted: 100 })
    account.when(reverse('r1', 'd1')).then('approved', { posted: 100 })
  })

  it('gives back the rest where a part was given back before', () => {
    const account = given(open(100), debit('d1', 30), reverse('r1', 'd1', { amount: 10 }))
    account.when(late('late/1', 'd1'), deadline).then('approved', { amount: 20, posted: 100 })
    account.when(debit('d1', 30), deadline).then('late', { posted: 100 })
  })

  it('releases what was held, and what was added to it', () => {
    const account = given(open(100), authorise('h1', 30), increment('i1', 'h1', 20))
    account
      .when(late('late/1', 'i1'), deadline)
      .then('approved', { amount: 20, posted: 100, held: 30 })
    account.when(increment('i1', 'h1', 20), deadline).then('late', { posted: 100, held: 30 })
    account.when(late('late/2', 'h1'), deadline).then('approved', { amount: 30, posted: 100 })
    account.when(authorise('h1', 30), deadline).then('late', { posted: 100 })
  })

  it('gives back what was posted', () => {
    const account = given(open(100), authorise('h1', 30), post('p1', 'h1', 30, { isFinal: true }))
    account.when(late('late/1', 'p1'), deadline).then('approved', { amount: 30, posted: 100 })
  })

  it('leaves alone what another try of it has taken: who made that one was told so', () => {
    const account = given(open(100), debit('d1', 30))
    account.when(late('late/2', 'd1', otherTry), deadline).then('approved', { posted: 70 })
    account.when(debit('d1', 30), deadline).then('approved', { amount: 30, posted: 70 })
    account.when(late('late/1', 'd1'), deadline).then('approved', { amount: 30, posted: 100 })
  })

  it('gives back only once everybody is late who was told that it was approved', () => {
    const account = given(open(100), debit('d1', 30))
    account
      .when({ ...debit('d1', 30), event_id: otherTry })
      .then('approved', { amount: 30, posted: 70 })
    account.when(late('late/1', 'd1'), deadline).then('approved', { posted: 70 })
    account.when(debit('d1', 30), deadline).then('approved', { amount: 30, posted: 70 })
    account
      .when(late('late/2', 'd1', otherTry), deadline)
      .then('approved', { amount: 30, posted: 100 })
    account.when(debit('d1', 30), deadline).then('late', { posted: 100 })
  })

  it('counts as late a try that comes behind its own reversal', () => {
    const account = given(open(100), debit('d1', 30))
    account.when(late('late/2', 'd1', otherTry), deadline).then('approved', { posted: 70 })
    account.when({ ...debit('d1', 30), event_id: otherTry }, deadline)
    account.when(late('late/1', 'd1'), deadline).then('approved', { amount: 30, posted: 100 })
  })

  it('is remembered of a try that lies where the ids of another time do', () => {
    const account = given(open(100), debit('d1', 30))
    const later = nowMs + 2.99 * dayMs
    account.when({ ...debit('d1', 30), event_id: otherTry }, later)
    const kept = [...account.rows.range({ gte: 'r/' })].filter(([key]) => key.endsWith('/d1'))
    expect(kept).toHaveLength(1)
    account.when(late('late/1', 'd1'), later).then('approved', { posted: 70 })
    account
      .when(late('late/2', 'd1', otherTry), later)
      .then('approved', { amount: 30, posted: 100 })
  })

  it('gives nothing back of what more tries were told than are noted', () => {
    const account = given(open(100), debit('d1', 30))
    const tries = Array.from(
      { length: 70 },
      (_, n) => `5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b8c${n + 10}`,
    )
    for (const event_id of tries) account.when({ ...debit('d1', 30), event_id })
    for (const event_id of [oneTry, ...tries]) {
      account
        .when(late(`late/${event_id}`, 'd1', event_id), deadline)
        .then('approved', { posted: 70 })
    }
  })

  it('leaves what was declined as it was told, and forestalls what has not come', () => {
    const account = given(open(100))
    account.when(debit('d1', 130))
    account.when(late('late/1', 'd1'), deadline).then('approved', { posted: 100 })
    account.when(debit('d1', 130), deadline).then('insufficient-funds', { posted: 100 })
    account.when(late('late/2', 'd2'), deadline).then('approved', { posted: 100 })
    account.when(debit('d2', 30), deadline).then('late', { posted: 100 })
  })

  it('changes nothing of what cannot be undone', () => {
    const account = given(open(100), credit('c1', 30))
    account.when(late('late/1', 'c1'), deadline).then('not-reversible', { posted: 130 })
    account.when(credit('c1', 30), deadline).then('approved', { amount: 30, posted: 130 })
  })
})
