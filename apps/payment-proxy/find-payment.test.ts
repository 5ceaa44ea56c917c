import { describe, expect, it } from 'vitest'
import { examplePorts, exampleStory } from '#apps/payment-proxy/example-ports'
import { findPayment, isOpened, isOver, type PaymentRow } from '#apps/payment-proxy/find-payment'
import { TransientError } from '#core/errors'

const id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11'
const row = { id, tenant_id: 't', service_id: 's', status: 'PAYMENT_PENDING' }
const config = JSON.stringify({ member: 1 })

const filled = () => {
  const example = examplePorts()
  example.payments.set(id, row)
  example.tenants.set('examplepay/t', { tenant_id: 't', active: true, config })
  example.services.set('examplepay/s', { service_id: 's', tenant_id: 't', active: false, config })
  return example
}

describe('findPayment', () => {
  it('finds the payment and what it is served with, configured inactive or not', async () => {
    const { ports } = filled()
    expect(
      await findPayment(ports.tables, { connector: 'examplepay', ids: ['unknown', id] }),
    ).toEqual({
      row,
      configuration: { tenant: { member: 1 }, service: { member: 1 } },
      story: exampleStory,
    })
  })

  it('finds none that another connector serves', async () => {
    const { ports } = filled()
    expect(await findPayment(ports.tables, { connector: 'other', ids: [id] })).toBeUndefined()
  })

  it('finds none whose service is configured for another tenant', async () => {
    const { ports, services } = filled()
    services.set('examplepay/s', { service_id: 's', tenant_id: 'u', active: true, config })
    const wanted = { connector: 'examplepay', ids: [id] }
    expect(await findPayment(ports.tables, wanted)).toBeUndefined()
  })

  it('gives the payment as it is when what is awaited does not come', async () => {
    const { ports } = filled()
    const found = await findPayment(ports.tables, {
      connector: 'examplepay',
      ids: [id],
      isAwaited: isOver,
    })
    expect(found?.row.status).toBe('PAYMENT_PENDING')
  })

  it('does not take a table that is late for one without the payment', async () => {
    const { ports } = examplePorts()
    const hanging = { ...ports.tables.payments, refresh: () => new Promise<void>(() => undefined) }
    const tables = { ...ports.tables, payments: hanging }
    await expect(findPayment(tables, { connector: 'examplepay', ids: [id] })).rejects.toThrow(
      TransientError,
    )
  })

  it('does not take a table that broke for one without the payment', async () => {
    const { ports, failReading } = filled()
    failReading(new Error('Local: Timed out'))
    const found = findPayment(ports.tables, { connector: 'examplepay', ids: [id] })
    await expect(found).rejects.toThrow('the table of payments cannot be read: Local: Timed out')
    await expect(found).rejects.toBeInstanceOf(TransientError)
  })
})

describe('where a payment is', () => {
  it.each([
    ['CREATION_PENDING', false, false],
    ['PAYMENT_PENDING', true, false],
    ['PAYMENT_STARTED', true, false],
    ['COMPLETE', true, true],
    ['EXPIRED', true, true],
    ['CREATION_FAILED', true, true],
  ])('%s: opened %s, over %s', (status, opened, over) => {
    const at = { status } as PaymentRow
    expect([isOpened(at), isOver(at)]).toEqual([opened, over])
  })
})
