import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { remove, to, wakeAt } from '#core/processor'
import * as topics from '#schemas/topics'
import {
  accountRow,
  decision,
  entry,
  holdRow,
  into,
  line,
  requestRow,
  taken,
  told,
} from '#streams/debits/authoriser-samples'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import {
  account_id,
  authorise,
  dayMs,
  holdDue,
  nowMs,
  post,
  reverse,
} from '#streams/debits/debit-samples'
import { usualSettings } from '#streams/debits/known'
import { untried } from '#streams/debits/tries'

const authoriser = drive(debitAuthoriserWith(usualSettings))

describe('debit-authoriser: holds and reversals', () => {
  it('keeps a hold, and wakes when it ends', () => {
    const request = authorise('h1', 60)
    const held = decision({
      request_id: 'h1',
      type: 'Authorise',
      asked: 60,
      amount: 60,
      after: { posted: 100, held: 60 },
      hold_id: 'h1',
      hold_left: 60,
    })
    const {
      event_id: _1,
      event_version: _2,
      event_created_at: _3,
      app_id: _4,
      ...due
    } = holdDue('h1')
    authoriser
      .given(accountRow({}))
      .when(request)
      .then(
        told(held),
        accountRow({ held: 60 }),
        holdRow(),
        requestRow(held, { fingerprint: request.fingerprint }),
        wakeAt(new Date(nowMs + 7 * dayMs), due),
      )
  })

  it('removes the hold when it ends, and keeps no id of its own timer', () => {
    const at = new Date(nowMs + 7 * dayMs)
    const released = decision({
      request_id: 'due/h1',
      type: 'HoldDue',
      asked: 0,
      amount: 60,
      before: { posted: 100, held: 60 },
      hold_id: 'h1',
      hold_left: 0,
      decided_at: at.getTime(),
    })
    authoriser
      .given(accountRow({ held: 60 }), holdRow())
      .when(holdDue('h1'), { at })
      .then(told(released), accountRow({ held: 0 }), remove(topics.debitRows, 'h/token-1/h1'))
  })

  it('notes what was given back where the original is kept', () => {
    const before = { posted: 70, held: 0 }
    const request = reverse('r1', 'd1', { amount: 10 })
    const given = decision({
      request_id: 'r1',
      type: 'Reverse',
      asked: 10,
      amount: 10,
      before,
      after: { posted: 80, held: 0 },
      original_id: 'd1',
    })
    authoriser
      .given(accountRow({ debits: 30 }), requestRow(taken, {}, '00006806'))
      .when(request)
      .then(
        told(given),
        entry({ request_id: 'r1', postings: into(10) }),
        line(given, 2),
        accountRow({ credits: 110, debits: 30, sequence: 2 }),
        requestRow(given, { fingerprint: request.fingerprint }),
        requestRow(taken, { reversed: 10 }, '00006806'),
      )
  })

  it('keeps the id of a request that was undone before it came', () => {
    const request = reverse('r1', 'd1')
    const nothing = decision({
      request_id: 'r1',
      type: 'Reverse',
      asked: 0,
      amount: 0,
      card_id: null,
      card_display: null,
      original_id: 'd1',
    })
    const forestalled = { id: 'r/00006807/token-1/d1', kind: 'Request' as const }
    authoriser
      .given(accountRow({}))
      .when(request)
      .then(
        told(nothing),
        requestRow(nothing, { fingerprint: request.fingerprint }),
        to(topics.debitRows, {
          ...forestalled,
          request: { ...untried, fingerprint: '', event_id: null, decision: null },
        }),
      )
  })

  it('tells of the card of a hold', () => {
    const { emissions } = authoriser
      .given(accountRow({ held: 60 }), holdRow())
      .when(post('p1', 'h1', 60, { isFinal: true })).outcome
    const card = { card_id: account_id, card_display: '999988******0001' }
    expect(emissions[0]?.value).toMatchObject({
      decision: { ...card, hold_id: 'h1', hold_left: 0 },
    })
    expect(emissions[2]?.value).toMatchObject({ card_display: '999988******0001' })
  })
})
