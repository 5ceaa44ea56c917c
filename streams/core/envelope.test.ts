import { describe, expect, it } from 'vitest'
import { stamped } from '#core/envelope'
import { counts, output } from '#core/example-unit'

const stamp = { eventId: 'e-1', createdAt: new Date('2026-07-15T09:00:00Z'), appId: 'echo:1' }

describe('stamped', () => {
  it('gives a new event an envelope of its own, whatever it was made from', () => {
    const copied = { payment_id: 'p', event_id: 'old', event_version: '9.9', app_id: 'old' }
    expect(stamped(output, copied, stamp)).toEqual({
      payment_id: 'p',
      event_id: 'e-1',
      event_version: '1.0',
      event_created_at: '2026-07-15T11:00:00+02:00',
      app_id: 'echo:1',
    })
  })

  it('leaves rows and removals alone', () => {
    expect(stamped(counts, { payment_id: 'p' }, stamp)).toEqual({ payment_id: 'p' })
    expect(stamped(output, null, stamp)).toBeNull()
  })
})
