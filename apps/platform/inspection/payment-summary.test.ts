import { describe, expect, it } from 'vitest'
import {
  summaryLine,
  summaryOf,
  type TellableStory,
} from '#apps/platform/inspection/payment-summary'
import { deadLetterOf } from '#core/redrive'
import type { Payment, PaymentFact } from '#schemas/generated/types'
import { readSample } from '#schemas/samples/sample'

const sample = readSample('payment-pending') as unknown as Payment
const { id } = sample

const eventOf = (more: object) => ({
  at: '',
  timestamp: 0,
  what: '',
  by: '',
  payment: undefined,
  ...more,
})
const fact = (more: object) => {
  const occurred_at = '2026-01-15T10:00:00+01:00'
  return eventOf({ fact: { payment_id: id, occurred_at, ...more } as PaymentFact })
}
const versionOf = (status: Payment['status'], more: Partial<Payment> = {}) =>
  eventOf({ payment: { ...sample, status, ...more } })
const lineOf = (events: TellableStory['events'], stuck: Partial<TellableStory> = {}) =>
  summaryLine(summaryOf({ events, waiting: [], letters: [], ...stuck }, id))
const update = (next_check_at: string | null) => ({
  links: { ...sample.links, update: { ...sample.links.update, url: 'u', next_check_at } },
  payment: { ...sample.payment, expire_at: '2026-02-01T00:00:00+01:00' },
})

const parked = {
  unit: 'debt-position-opener',
  partition: 0,
  orderKey: id,
  count: 1,
  attempts: 3,
  error: 'examplepay answered 503',
  party: 'examplepay',
  parkedAtMs: 0,
  dueAtMs: Date.parse('2026-01-15T10:05:00Z'),
}
const letter = deadLetterOf('payment-keeper', {
  topic: 'payment-keeper.dlq',
  partition: 1,
  offset: 7,
  key: id,
  value: null,
  timestamp: 0,
  headers: { 'dlq.error': 'TypeError' },
})

describe('why a payment is not paid', () => {
  it('is that its intermediary is asked in vain, and when it is asked again', () => {
    expect(lineOf([versionOf('CREATION_PENDING')], { waiting: [parked] })).toBe(
      `payment ${id}: not paid, since its debt position is not open yet; next: debt-position-opener tries again at ` +
        '2026-01-15T10:05:00.000Z, after 3 tries (examplepay answered 503); ' +
        `corrente parked release debt-position-opener --key ${id} has it tried now`,
    )
  })

  it('is that a record of it was set aside, until somebody has decided on it', () => {
    const events = [versionOf('CREATION_PENDING')]
    const letters = [{ letter, decision: undefined }]
    expect(lineOf(events, { letters, waiting: [parked] })).toContain(
      'next: nothing by itself: payment-keeper has set a record of it aside (TypeError), ' +
        'see corrente dlq show payment-keeper.dlq@1:7',
    )
    const decision = { action: 'redriven', at: 'x', operator: null, reason: null } as const
    expect(lineOf(events, { letters: [{ letter, decision }] })).not.toContain('set a record')
  })

  it('is that its creation was refused, and what can be done until its application is told', () => {
    const refused = fact({
      type: 'Refused',
      refused: { code: 'creditor-closed', message: 'Rossi' },
    })
    const notify = [{ url: 'u', method: 'POST', sent_at: null }]
    const links = { ...sample.links, notify }
    const line = lineOf([refused, versionOf('CREATION_FAILED', { links })])
    expect(line).toContain('since its creation failed (creditor-closed); next: its application is')
    expect(line).toContain(`unless corrente payment retry ${id} creates it again before`)
    expect(line).not.toContain('Rossi')
    const retried = fact({ type: 'Retried', retried: { retry_payment_id: 'p-2' } })
    expect(lineOf([versionOf('CREATION_FAILED', { links }), retried])).toMatch(
      /; next: payment p-2, which took its place$/,
    )
  })

  it('is that nobody has paid yet: when its intermediary was and is asked, and when its time is over', () => {
    const checked = fact({ type: 'Checked', checked: { state: 'pending' } })
    const at = '2026-01-15T11:00:00+01:00'
    expect(lineOf([checked, versionOf('PAYMENT_PENDING', update(at))])).toBe(
      `payment ${id}: not paid: it can be, and its intermediary said pending at 2026-01-15T10:00:00+01:00; ` +
        `next: its intermediary is asked at ${at}, unless it tells before; its time is over at 2026-02-01T00:00:00+01:00`,
    )
    expect(lineOf([versionOf('PAYMENT_STARTED', update(null))])).toMatch(
      /payer was sent on to pay.*next: word from its intermediary, which nobody asks;/,
    )
  })

  it('is nothing, where it is paid', () => {
    const paid = { ...sample.payment, paid_at: '2026-01-15T12:00:00+01:00' }
    const links = { ...sample.links, notify: null }
    const story = {
      events: [versionOf('COMPLETE', { payment: paid, links })],
      waiting: [],
      letters: [],
    }
    expect(summaryOf(story, id)).toMatchObject({
      isPaid: true,
      now: 'paid at 2026-01-15T12:00:00+01:00',
      next: 'nothing, it has ended',
    })
  })

  it('is told of the payment that is named, else of the one that came last', () => {
    const other = { id: 'c0ffee00-1111-4222-8333-444455556666' }
    const events = [versionOf('EXPIRED'), versionOf('PAYMENT_PENDING', other)]
    expect(lineOf(events)).toContain(`payment ${id}: not paid, since its time is over`)
    const story = { events, waiting: [], letters: [] }
    expect(summaryOf(story, sample.remote_id).payment).toBe(other.id)
  })

  it('is that none was born of its application', () => {
    expect(lineOf([eventOf({})])).toMatch(/^no payment: none was born of it; next: a payment, once/)
  })
})
