import type { Addresses, Configuration, OnlinePayment } from '#ports/intermediary'
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
/** Who pays the example payment; fictional. */
export const examplePayer: Payer = {
  type: 'human',
  tax_identification_number: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  street_name: 'Via delle Prove',
  building_number: '12',
  postal_code: '00000',
  town_name: 'Bugliano',
  country_subdivision: 'PI',
  country: 'IT',
  email: 'luca.prova@example.org',
}

/** Another body that money may be for; fictional. */
export const exampleReceiver: Receiver = {
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

/** A payment for the tests of this folder; fictional. The iud follows the amount, so each has its own. */
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
    expire_at: '2025-06-08T23:30:00Z',
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
  payer: examplePayer,
  debtor: null,
  locale: null,
  event_id: '19c0d8b1-0b35-4d63-9a53-4a8f2c0e7a01',
  event_version: '2.0',
  event_created_at: '2025-03-10T09:15:02+01:00',
  app_id: 'payment-dispatcher:0.1.0',
})

/** A digital revenue stamp for a document of this digest, 64 hex digits. */
export const exampleStamp = (digest = 'ab'.repeat(32), details: Partial<PaymentDetails> = {}) =>
  examplePayment({
    amount: 1_600,
    type: 'STAMP',
    document: { id: null, ref: null, hash: `sha256:${digest}` },
    ...details,
  })

/** The iud of the example payment of so many cents. */
export const iudFor = (cents: number): string => `5f0c7a52${String(cents).padStart(24, '0')}`

/** Who the sandbox takes callers for, and whom it owes debts to. */
export const exampleAccess = {
  username: 'corrente',
  password: 'example-password',
  application_id: 'A2A-CORRENTE',
  domain_id: '01234567890',
} as const

/** What notifications come with. */
export const exampleNotifier = {
  notify_username: 'govpay',
  notify_password: 'example-notify-password',
} as const

/** A tenant's form, filled in. */
export const exampleTenant = (base_url: string, changes: object = {}) => ({
  base_url,
  ...exampleAccess,
  ...exampleNotifier,
  ...changes,
})

export const exampleConfiguration = (base_url: string, timeout_ms = 3_000): Configuration => ({
  tenant: exampleTenant(base_url, { timeout_ms }),
  service: { due_type: 'CANONE', revenue_code: 'CANONE' },
})

/** Where nobody listens: for tests in which nothing is notified. */
export const exampleAddresses: Addresses = {
  landing: 'http://127.0.0.1:9/landing/1',
  notify: 'http://127.0.0.1:9/notify',
}

/** The example payment of so many cents, as its payer is about to pay it. */
export const exampleOnlinePayment = (
  cents: number,
  addresses = exampleAddresses,
): OnlinePayment => ({
  iud: iudFor(cents),
  amount: cents,
  currency: 'EUR',
  expire_at: null,
  addresses,
})
