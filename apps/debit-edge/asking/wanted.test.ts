import { describe, expect, it } from 'vitest'
import type { OpenRequest } from '#apps/debit-edge/asking/journal'
import { eventOf, givingBack, wantedOf } from '#apps/debit-edge/asking/wanted'
import { codecOf } from '#schemas/codec'

const account_id = 'kR3vY1mBq0aZ8sD7fG2hJw'
const open: OpenRequest = {
  event_id: '5f0c7a52-2a0d-4c55-9a3e-000000000001',
  account_id,
  request_id: 'order:1',
  type: 'Debit',
  requested_at: 1_764_450_000_000,
  deadline_at: 1_764_450_003_000,
}
const codec = codecOf('corrente.debits.DebitRequest')

describe('what an account is asked for', () => {
  it('is an event of its own each time it is asked', () => {
    const wanted = wantedOf({
      type: 'Void',
      account_id,
      request_id: 'order:1',
      requested_at: 1_764_450_000_000,
      void: { hold_id: 'hold:1' },
    })
    const [one, other] = [eventOf(wanted, 5), eventOf(wanted, 5)]
    expect(one).toMatchObject({ ...wanted, deadline_at: 5 })
    expect(one.event_id).not.toBe(other.event_id)
    expect(codec.decode(codec.encode(one))).toMatchObject({ ...wanted, deadline_at: 5 })
  })
})

describe('what comes too late', () => {
  it('is given back whole, under an id no caller can have, as of when it was too late', () => {
    expect(givingBack(open)).toMatchObject({
      type: 'Reverse',
      account_id,
      request_id: `late/${open.event_id}`,
      requested_at: open.deadline_at,
      reverse: {
        original_id: 'order:1',
        original_requested_at: open.requested_at,
        amount: null,
        late_event_id: open.event_id,
      },
    })
  })

  it('is given back by one and the same request, whoever notices it', () => {
    expect(givingBack({ ...open })).toEqual(givingBack(open))
  })

  it('is given back for each try of it', () => {
    const again = givingBack({ ...open, event_id: '5f0c7a52-2a0d-4c55-9a3e-000000000002' })
    expect(again!.request_id).not.toBe(givingBack(open)!.request_id)
  })

  it.each(['Debit', 'Authorise', 'Increment', 'Post'] as const)('can be: %s', (type) => {
    expect(givingBack({ ...open, type })).toBeDefined()
  })

  it.each([
    'OpenAccount',
    'AddCard',
    'ChangeStatus',
    'Credit',
    'Void',
    'Reverse',
    'Refund',
    'HoldDue',
  ] as const)('cannot be: %s', (type) => {
    expect(givingBack({ ...open, type })).toBeUndefined()
  })
})
