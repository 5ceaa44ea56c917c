import { describe, expect, it } from 'vitest'
import { Ledger } from '#tests/checker'
import type { SeenRecord } from '#tests/log-watch'

const startedAt = 1_000
const application = 'application-1'
const payment = 'payment-1'
let events = 0

const recordOf = (topic: string, key: string, value: object, more = {}): SeenRecord => ({
  topic,
  partition: 0,
  offset: events++,
  timestamp: startedAt + events,
  key,
  headers: {},
  bytes: null,
  value,
  ...more,
})

const version = (status: string, changes: object = {}, more = {}): SeenRecord => {
  const links = { notify: [{ sent_at: null }] }
  const event_id = `event-${events}`
  const value = { id: payment, remote_id: application, status, event_id, links, ...changes }
  return recordOf('payments', 'service', value, more)
}
const told = () => version('COMPLETE', { links: { notify: [{ sent_at: '2026-01-15T10:00:00Z' }] } })
const opening = () => recordOf('payment.openings', payment, {})
const row = (status = 'COMPLETE') => recordOf('payments.current', payment, { status })
const update = () => recordOf('application-updates', application, {})

const steps = () => [
  version('CREATION_PENDING'),
  version('PAYMENT_PENDING'),
  version('COMPLETE'),
  told(),
]
const good = () => [...steps(), opening(), row(), update()]

const judged = (records: readonly SeenRecord[], kills: readonly number[] = []) => {
  const ledger = new Ledger({ applications: new Set([application]), startedAt })
  for (const record of records) ledger.note(record)
  return ledger.judge(kills)
}

describe('the checker', () => {
  it('finds nothing wrong where every promise was kept', () => {
    const { violations, counts } = judged(good())
    expect(violations).toEqual([])
    expect(counts).toMatchObject({ applications: 1, COMPLETE: 1, 'COMPLETE, told': 1 })
  })

  it('does not mind that other topics are read ahead of payments', () => {
    expect(judged([opening(), row(), update(), ...steps()]).violations).toEqual([])
  })

  it('does not mind what strangers write and nobody can read', () => {
    const stranger = recordOf('payments', 'service', {}, { value: undefined })
    expect(judged([stranger, ...good()]).violations).toEqual([])
  })

  const wrong: readonly (readonly [string, () => readonly SeenRecord[], RegExp])[] = [
    ['a payment is missing', () => [], /application-1 has 0 payments/],
    [
      'an application has two payments',
      () => [...good(), version('CREATION_PENDING', { id: 'payment-2' })],
      /application-1 has 2 payments/,
    ],
    ['a step is there twice', () => [...good(), told()], /went .*told > COMPLETE, told/],
    ['a step is missing', () => good().toSpliced(1, 1), /went CREATION_PENDING > COMPLETE/],
    ['steps changed places', () => [version('PAYMENT_PENDING'), ...good()], /went PAYMENT_PENDING/],
    [
      'a version lies on another partition',
      () => good().map((record, i) => (i === 1 ? { ...record, partition: 5 } : record)),
      /lies on 2 partitions/,
    ],
    [
      'an event is there twice',
      () =>
        good().map((record, i, all) => (i === 1 ? { ...record, value: all[0]!.value } : record)),
      /event event-\d+ is there twice/,
    ],
    ['a payment was to be opened twice', () => [...good(), opening()], /to be opened 2 times/],
    ['the row is behind', () => [...good(), row('PAYMENT_PENDING')], /has the row PAYMENT_PENDING/],
    ['the Core was to be told twice', () => [...good(), update()], /was to be told 2 times/],
    [
      'there is a dead letter',
      () => [...good(), recordOf('payment-keeper.dlq', payment, {})],
      /a dead letter on payment-keeper.dlq/,
    ],
    [
      'money is an anomaly',
      () => [...good(), recordOf('payment.anomalies', payment, { kind: 'settled-twice' })],
      /anomaly settled-twice/,
    ],
  ]
  it.each(wrong)('says so where %s', (_, records, sentence) => {
    expect(judged(records()).violations.join('\n')).toMatch(sentence)
  })

  it('counts a notification that came again, and tells how long a takeover took', () => {
    const again = recordOf('payment.anomalies', payment, { kind: 'settled-again' })
    const at = startedAt + 1_000_000
    const { violations, counts, takeoversMs } = judged(
      [...good().slice(0, -1), update(), again, version('x', { remote_id: 'other' })],
      [at],
    )
    expect(violations).toEqual([])
    expect(counts).toMatchObject({ 'anomalies settled-again': 1 })
    expect(takeoversMs).toEqual([undefined])
    const first = version('CREATION_PENDING', {}, { timestamp: at + 250 })
    expect(judged([first], [at]).takeoversMs).toEqual([250])
  })
})
