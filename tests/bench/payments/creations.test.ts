import { describe, expect, it } from 'vitest'
import type { Payment } from '#schemas/generated/types'
import { idOf, paymentOf } from '#tests/bench/payments/bench-payments'
import { Creations } from '#tests/bench/payments/creations'

const version = (n: number, status: Payment['status']) =>
  paymentOf(n, { service_id: idOf('service', 0), status })

function seen(...versions: readonly Payment[]): Creations {
  const creations = new Creations()
  versions.forEach((one, atMs) => creations.add(one, atMs))
  return creations
}

describe('payments that are created', () => {
  it('count once they can be paid, and know when', () => {
    const creations = seen(
      version(1, 'CREATION_PENDING'),
      version(2, 'CREATION_PENDING'),
      version(2, 'PAYMENT_PENDING'),
    )
    expect(creations.count).toBe(1)
    expect(creations.openedAtMs(2)).toBe(2)
    expect(() => creations.openedAtMs(1)).toThrow('application 1 has no payment yet')
  })

  it.each([
    ['that can be paid before it was asked for', [version(1, 'PAYMENT_PENDING')]],
    ['asked for twice', [version(1, 'CREATION_PENDING'), version(1, 'CREATION_PENDING')]],
    [
      'that goes back',
      [
        version(1, 'CREATION_PENDING'),
        version(1, 'PAYMENT_PENDING'),
        version(1, 'CREATION_PENDING'),
      ],
    ],
    ['that failed', [version(1, 'CREATION_PENDING'), version(1, 'CREATION_FAILED')]],
    [
      'beside another of its application',
      [
        version(1, 'CREATION_PENDING'),
        version(1, 'PAYMENT_PENDING'),
        { ...version(2, 'CREATION_PENDING'), remote_id: idOf('application', 1) },
        { ...version(2, 'PAYMENT_PENDING'), remote_id: idOf('application', 1) },
      ],
    ],
  ])('fail with one %s', (_, versions) => {
    expect(() => seen(...versions).count).toThrow()
  })
})
