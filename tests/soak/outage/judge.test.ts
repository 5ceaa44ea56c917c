import { describe, expect, it } from 'vitest'
import { beganMs, marks, PlayedRun } from '#tests/soak/outage/example-run'

describe('the judgement of an outage', () => {
  it('finds nothing wrong where every promise was kept', () => {
    const { violations, counts, order } = new PlayedRun().judged()
    expect(violations).toEqual([])
    expect(counts).toMatchObject({
      'applications for the other': 500,
      'applications for the party, while it was away': 300,
      'payable at the other while it was away': 300,
      CREATION_PENDING: 800,
      PAYMENT_PENDING: 800,
      'debt positions at the party': 300,
    })
    expect(order).toEqual({ overtakenMax: 0, tried: 0, displacementMax: 0 })
  })

  it('finds an application without a payment, and one with two', () => {
    const run = new PlayedRun()
    run.account.asked.set('nobody', { party: 'away', dueMs: marks.awayMs })
    run.account.payments.set('again', {
      ...run.account.payments.get('other-3')!,
    })
    expect(run.judged({ away: { debt_positions: 301 } }).violations).toEqual([
      'application application-other-3 has 2 payments',
      'application nobody has 0 payments',
    ])
  })

  it('finds a payment that failed, or was asked to be opened twice', () => {
    const run = new PlayedRun()
    run.version('away', 150, 'CREATION_FAILED')
    run.note('payment.openings', {}, { key: 'away-151' })
    expect(run.judged().violations).toEqual([
      'payment away-150 went CREATION_PENDING > PAYMENT_PENDING > CREATION_FAILED',
      'payment away-151 was to be opened 2 times',
    ])
  })

  it('does not mind that an open payment is asked about', () => {
    const run = new PlayedRun()
    run.version('other', 7, 'PAYMENT_PENDING', marks.returnedMs)
    const { violations, counts } = run.judged()
    expect(violations).toEqual([])
    expect(counts).toMatchObject({ 'checks of open payments': 1, 'checks after the last kill': 1 })
  })

  it('finds debt positions that are too many, in all or of one payment', () => {
    expect(
      new PlayedRun().judged({ away: { debt_positions: 301 }, other: { sampled: [1, 2] } })
        .violations,
    ).toEqual([
      '300 applications made 301 debt positions at the away party',
      '1 of 2 sampled payments have not one debt position there',
    ])
  })

  it('finds a dead letter, but none of before the run', () => {
    const run = new PlayedRun()
    run.note('debt-position-opener.dlq', {}, { partition: 2, offset: 5 })
    run.note('debt-position-opener.dlq', {}, {}, beganMs - 1)
    expect(run.judged().violations).toEqual(['a dead letter: debt-position-opener.dlq@2:5'])
  })

  it('does not mind payments of others', () => {
    const run = new PlayedRun()
    const ids = { id: 'theirs', remote_id: 'their application', tenant_id: 'they' }
    run.note('payments', { ...ids, status: 'COMPLETE', payment: { notice_code: null } })
    expect(run.judged().violations).toEqual([])
  })
})

describe('the order in which those that waited are created', () => {
  const overtaken = () => {
    const run = new PlayedRun()
    const openedAtMs = marks.returnedMs
    for (const [i, n] of [999, 901, 902, 903].entries()) {
      run.pay('away', n, { dueMs: openedAtMs - 1_090 + i, openedAtMs })
    }
    return run
  }

  it('may differ by no more than calls are out at once', () => {
    const { violations, order } = overtaken().judged()
    expect(violations).toEqual(['a payment that waited was overtaken by 3 of its body'])
    expect(order).toMatchObject({ overtakenMax: 3, tried: 0 })
  })

  it('does not bind one that was tried in vain meanwhile', () => {
    const run = overtaken()
    const row = { order_key: 'away-999', attempts: 1 }
    run.note('debt-position-opener.parked', row)
    run.note('debt-position-opener.parked', { ...row, attempts: 0 })
    run.note('debt-position-opener.parked', { order_key: 'away-901', attempts: 0 })
    expect(run.judged()).toMatchObject({ violations: [], order: { overtakenMax: 0, tried: 1 } })
  })
})
