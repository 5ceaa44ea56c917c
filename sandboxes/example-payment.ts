import type { Addresses, OnlinePayment } from '#ports/intermediary'
import type { Links, Payer, Payment, PaymentDetails, Receiver } from '#schemas/generated/types'

const link = { url: null, last_opened_at: null, method: 'GET' }
const links: Links = {
  online_payment_begin: link,
  online_payment_landing: link,
  offline_payment: link,
  receipt: link,
  notify: null,
  update: { url: null, last_check_at: null, next_check_at: null, method: 'GET' },
  confirm: null,
  cancel: null,
}
const payer: Payer = {
  type: 'human',
  tax_identification_number: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  street_name: null,
  building_number: null,
  postal_code: null,
  town_name: null,
  country_subdivision: null,
  country: 'IT',
  email: null,
}

/** A payment for tests of connectors; fictional. The iud follows the amount, so each has its own. */
export const examplePayment = (details: Partial<PaymentDetails> = {}): Payment => ({
  id: '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11',
  user_id: '0b9a7c3e-9a40-4d7c-a1a5-4f7b0a6d2c18',
  type: 'PAGOPA',
  tenant_id: 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60',
  service_id: '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33',
  created_at: '2025-03-10T09:15:02+01:00',
  updated_at: '2025-03-10T09:15:02+01:00',
  status: 'CREATION_PENDING',
  reason: 'Canone unico 2025',
  remote_id: 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21',
  payment: {
    transaction_id: null,
    paid_at: null,
    expire_at: '2025-06-08T09:15:00+02:00',
    amount: 4250,
    currency: 'EUR',
    notice_code: null,
    iud: iudFor(details.amount ?? 4250),
    iuv: null,
    split: [],
    type: null,
    receiver: null,
    due_type: null,
    pagopa_category: null,
    document: null,
    ...details,
  },
  links,
  payer,
  debtor: null,
  locale: null,
  event_id: '19c0d8b1-0b35-4d63-9a53-4a8f2c0e7a01',
  event_version: '2.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'payment-dispatcher:0.1.0',
})

/** The iud of the example payment of so many cents. */
export const iudFor = (cents: number): string => `5f0c7a52${String(cents).padStart(24, '0')}`

/** Where nobody listens: for tests in which nothing is notified. */
export const exampleAddresses: Addresses = {
  landing: 'http://127.0.0.1:9/landing/1',
  notify: 'http://127.0.0.1:9/notify',
}

/** The example payment of so many cents, as its payer is about to pay it. */
export const exampleOnlinePayment = (
  cents: number,
  changes: Partial<OnlinePayment> = {},
): OnlinePayment => ({
  iud: iudFor(cents),
  iuv: null,
  amount: cents,
  currency: 'EUR',
  expire_at: null,
  reason: 'Canone unico 2025',
  created_at: '2025-03-10T09:15:02+01:00',
  payer,
  pagopa_category: null,
  document_hash: null,
  addresses: exampleAddresses,
  ...changes,
})

/** Another body that money may be for; fictional. */
export const exampleBeneficiary: Receiver = {
  tax_identification_number: '01234567897',
  name: 'Provincia di Bugliano',
  iban: null,
  address: null,
  building_number: null,
  postal_code: null,
  town_name: null,
  country_subdivision: null,
  country: null,
}
