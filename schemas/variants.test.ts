import { expect, it } from 'vitest'
import { schemas } from '#schemas/generated/schemas'
import { blockOf, discriminatorOf, variantBlocksOf } from '#schemas/variants'

it('names a block after its symbol', () => {
  expect(blockOf('Opened')).toBe('opened')
  expect(blockOf('ApplicationRefused')).toBe('application_refused')
})

it('finds the blocks of a record with variants', () => {
  const fact = schemas['corrente.payments.PaymentFact']
  expect(discriminatorOf(fact).symbols).toContain('OnlineOpened')
  expect([...variantBlocksOf(fact).keys()]).toEqual([
    'received',
    'opened',
    'refused',
    'checked',
    'settled',
    'cancelled',
    'notified',
    'application_refused',
    'retried',
    'retry_refused',
  ])
})

it('finds none in any other record', () => {
  expect(variantBlocksOf(schemas['corrente.payments.Payment']).size).toBe(0)
})
