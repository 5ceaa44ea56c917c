import { expect, it } from 'vitest'
import { schemas } from '#schemas/generated/schemas'
import { complete, paymentIn } from '#streams/payments/keeper-samples'
import { samplePayment } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

const columns = schemas['corrente.payments.PaymentCurrent'].fields.map(({ name }) => name)
const opened = (url: string, day: number) => ({
  url,
  last_opened_at: `2025-03-${day}T09:15:02+01:00`,
  method: `METHOD-${url}`,
})
const document = { id: null, ref: null, hash: `sha256:${'0f'.repeat(32)}` }
const payment = paymentIn('COMPLETE', {
  details: { ...complete().payment, pagopa_category: '9/0101002IM/', document },
  update: {
    last_check_at: '2025-03-11T09:15:02+01:00',
    next_check_at: '2025-03-12T09:15:02+01:00',
  },
  links: {
    online_payment_begin: opened('begin', 13),
    online_payment_landing: opened('landing', 14),
    offline_payment: opened('notice', 15),
    receipt: opened('receipt', 16),
  },
})
const prefixes: readonly (readonly [string, object])[] = [
  ...Object.entries(payment.links).map(([name, link]) => [name, link as object] as const),
  ['payment_document', document],
  ['payment', payment.payment],
  ['payer', payment.payer],
]

/** What a column's name says it holds. */
function told(column: string): unknown {
  const found = prefixes.find(([prefix]) => column.startsWith(`${prefix}_`))
  if (!found) return { ...payment.payer, ...payment }[column as 'id']
  return found[1][column.slice(found[0].length + 1) as never]
}

it('fills every column of the table, in its order, and no other', () => {
  expect(Object.keys(toCurrent(samplePayment()))).toEqual(columns)
})

it.each(columns)('has in %s what its name says', (column) => {
  expect(toCurrent(payment)[column as never]).toBe(told(column))
  expect(told(column)).toBeDefined()
})
