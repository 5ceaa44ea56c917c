import { describe, expect, it } from 'vitest'
import { waitingEvent } from '#apps/platform/inspection/waiting'

describe('what waits to be tried again', () => {
  const parked = {
    unit: 'debt-position-opener',
    orderKey: 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21',
    count: 1,
    attempts: 3,
    error: 'examplepay answered 503',
    party: 'examplepay/a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60',
    partition: 0,
    parkedAtMs: 1_767_000_000_000,
    dueAtMs: 1_767_000_010_000,
  }

  it('says when, how often it was tried, and what the last try met', () => {
    expect(waitingEvent(parked)).toMatchObject({
      at: 'debt-position-opener.parked',
      timestamp: 1_767_000_000_000,
      what: 'to be tried again at 2025-12-29T09:20:10.000Z, tried 3 times: examplepay answered 503',
      by: 'debt-position-opener',
    })
  })

  it('was not tried at all where its party was away', () => {
    expect(waitingEvent({ ...parked, attempts: 0, error: null }).what).toMatch(
      /, tried 0 times: its party is away$/,
    )
  })
})
