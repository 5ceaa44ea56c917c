import { examplePayment } from '#sandboxes/example-payment'
import type { Payer, Payment, PaymentDetails } from '#schemas/generated/types'

/** Who owes with every member of an address; fictional. */
export const examplePayer: Payer = {
  ...examplePayment().payer,
  street_name: 'Via delle Prove',
  building_number: '12',
  postal_code: '00000',
  town_name: 'Bugliano',
  country_subdivision: 'PI',
  email: 'luca.prova@example.org',
}

/** A digital revenue stamp for a document of this digest, 64 hex digits. */
export const exampleStamp = (
  digest = 'ab'.repeat(32),
  details: Partial<PaymentDetails> = {},
): Payment => ({
  ...examplePayment({
    amount: 1_600,
    type: 'STAMP',
    document: { id: null, ref: null, hash: `sha256:${digest}` },
    ...details,
  }),
  payer: examplePayer,
})
