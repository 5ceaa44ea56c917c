import { describe, expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import { composeDue, idsOfDue, iuvOfDue } from '#streams/payments/compose-due'
import { sampleDue } from '#streams/payments/dues-samples'
import { samplePayment } from '#streams/payments/samples'

const { tenant_id, service_id, user_id, payer, event_id, event_version, app_id } = samplePayment()
const owed = {
  tenant_id,
  service_id,
  connector: 'examplepay',
  user_id,
  payer,
  landing_url: null,
  imported_at: '2026-01-15T10:00:00+01:00',
}
const envelope = { event_id, event_version, event_created_at: owed.imported_at, app_id }

describe('a due as a payment', () => {
  it('is open, under the key of the intermediary, and leads nowhere yet', () => {
    const payment = composeDue(sampleDue(), owed)
    expect(payment).toMatchObject({
      id: '20aad92a-1ba9-81e7-b37d-6d0563327af7',
      remote_id: payment.id,
      status: 'PAYMENT_PENDING',
      created_at: '2026-01-02T08:00:00+01:00',
      updated_at: owed.imported_at,
      payment: {
        iud: 'TARI-2026.000123',
        notice_code: '301000000012345678',
        iuv: '01000000012345678',
        amount: 12_340,
        expire_at: '2026-06-30T23:59:59+02:00',
      },
      links: { update: { url: null }, online_payment_begin: { url: null }, notify: null },
    })
    expect(codecOf('corrente.payments.Payment').toJson({ ...payment, ...envelope })).toMatchObject({
      payment: { amount: 123.4, iud: 'TARI-2026.000123' },
    })
  })

  it('is the same by its notice code, whoever tells of it and under whatever key', () => {
    const [id] = idsOfDue(sampleDue(), owed)
    expect(idsOfDue(sampleDue({ iud: 'another' }), { tenant_id, connector: 'govpay' })[0]).toBe(id)
    const elsewhere = { tenant_id: service_id, connector: 'examplepay' }
    expect(idsOfDue(sampleDue(), elsewhere)[0]).not.toBe(id)
  })

  it('without a notice code is the same by its key at the intermediary', () => {
    const bare = sampleDue({ notice_code: null })
    const [id] = idsOfDue(bare, owed)
    expect(idsOfDue(bare, owed)).toEqual([id])
    expect(idsOfDue(sampleDue(), owed)[1]).toBe(id)
    expect(idsOfDue(bare, { tenant_id, connector: 'govpay' })[0]).not.toBe(id)
  })

  it('has the number within its notice code where none is told', () => {
    expect(iuvOfDue({ iuv: null, notice_code: '301000000012345678' })).toBe('01000000012345678')
    expect(iuvOfDue({ iuv: null, notice_code: '901000000012345678' })).toBeNull()
    expect(iuvOfDue({ iuv: 'RF18', notice_code: null })).toBe('RF18')
  })

  it('was created when it came here where nobody says', () => {
    expect(composeDue(sampleDue({ created_at: null, reason: null }), owed)).toMatchObject({
      created_at: owed.imported_at,
      reason: null,
    })
  })
})
