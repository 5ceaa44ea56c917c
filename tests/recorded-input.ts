import type { Emission } from '#core/processor'
import { readSample } from '#schemas/samples/sample'
import { normalisePayment } from '#schemas/payments/normalise'
import { codecOf } from '#schemas/codec'
import type { Payment } from '#schemas/generated/types'
import {
  addCard,
  authorise,
  debit,
  holdDue,
  open,
  post,
  reverse,
  sampleCard,
} from '#streams/debits/debit-samples'
import { sampleUser } from '#streams/payments/dues-samples'
import { checksEnd, money, openedFact } from '#streams/payments/keeper-samples'
import {
  sampleSealed,
  serviceCommand,
  tenantCommand,
  tenantConfig,
} from '#streams/payments/configuration-samples'
import {
  factOf,
  sampleApplication,
  samplePayment,
  serviceRow,
  tenantRow,
} from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'
import { recordedExports } from '#tests/recorded-exports'

type Row = Record<string, unknown>

const paymentSample = (name: Parameters<typeof readSample>[0]): Payment =>
  codecOf('corrente.payments.Payment').fromJson(normalisePayment(readSample(name)))

const other = 'c0ffee00-1111-4222-8333-444455556666'
const url = samplePayment().links.notify?.[0]?.url ?? ''

const applications = [
  sampleApplication(),
  sampleApplication(),
  sampleApplication({ id: other }),
  sampleApplication({ id: other.replace('c0', 'c1'), payment_data: null }),
  sampleApplication({ status_name: 'status_submitted' }),
]

const payments = [
  samplePayment(),
  samplePayment(),
  paymentSample('payment-pending'),
  paymentSample('payment-complete'),
  samplePayment({ id: other, service_id: other }),
  samplePayment({ id: other.replace('c0', 'c2'), status: 'CREATION_FAILED' }),
]

const receivedFact = (payment: Payment) =>
  factOf({
    type: 'Received',
    payment_id: payment.id,
    received: {
      payment,
      connector: 'examplepay',
      tenant_configuration_version: 3,
      service_configuration_version: 5,
    },
  })

const openedAndDue = (payment_id: string) => [
  receivedFact(samplePayment({ id: payment_id })),
  { ...openedFact, payment_id },
  factOf({ type: 'ExpiryDue', payment_id, occurred_at: checksEnd }),
  factOf({ type: 'ExpiryDue', payment_id, occurred_at: '2027-01-01T00:00:00+01:00' }),
]

const refusedAndRetried = (payment_id: string) => [
  receivedFact(samplePayment({ id: payment_id })),
  factOf({ type: 'Refused', payment_id, refused: { code: 'x', message: 'y' } }),
  factOf({ type: 'RetryRequested', payment_id }),
  factOf({ type: 'Retried', payment_id, retried: { retry_payment_id: other } }),
]

const facts = [
  receivedFact(samplePayment()),
  openedFact,
  factOf({ type: 'OnlineOpened' }),
  factOf({ type: 'Landed' }),
  factOf({ type: 'Settled', settled: money }),
  factOf({ type: 'Settled', settled: money }),
  factOf({ type: 'Checked', checked: { state: 'settled', ...money } }),
  factOf({ type: 'Notified', notified: { url, application_status: 2000 } }),
  factOf({ type: 'Refused', payment_id: other, refused: { code: 'x', message: 'y' } }),
  ...openedAndDue('c0ffee00-1111-4222-8333-444455556667'),
  ...refusedAndRetried('c0ffee00-1111-4222-8333-444455556668'),
]

const seen = payments.map((payment, source_offset) => ({
  payment_id: payment.id,
  payment,
  source_partition: 3,
  source_offset,
  is_echo: false,
  event_id: payment.event_id,
  event_version: '1.0',
  event_created_at: payment.event_created_at,
  app_id: 'payment-intake:0.1.0',
}))

/** Who wrote a record, as its headers say: a payment that is complete is the keeper's. */
export const recordedHeaders = (topic: string, value: object): Readonly<Record<string, string>> =>
  topic === 'payments' && 'status' in value && value.status === 'COMPLETE'
    ? { 'corrente-unit': 'payment-keeper' }
    : {}

const current = payments.map((payment) => ({ id: payment.id, ...toCurrent(payment) }))

const counted = { status: 'PAYMENT_PENDING', amount: 4250 }
const contributions = [
  { removed: null, added: counted },
  { removed: counted, added: { ...counted, status: 'COMPLETE' } },
].map((change) => ({
  service_day: `${samplePayment().service_id}/2025-03-10`,
  tenant_id: samplePayment().tenant_id,
  service_id: samplePayment().service_id,
  day: '2025-03-10',
  payment_id: other,
  ...change,
  event_id: other,
  event_version: '1.0',
  event_created_at: samplePayment().event_created_at,
  app_id: 'payment-index:0.1.0',
}))
const ofTenant = { ...tenantConfig, notify_secret: sampleSealed }

const configurations = [
  tenantCommand({ ...ofTenant, api_key: 'in-clear' }),
  tenantCommand(ofTenant),
  serviceCommand(),
  serviceCommand(),
]

const debits = [
  open(100_000),
  addCard('a1', sampleCard({ card_id: other })),
  debit('d1', 4_250),
  debit('d1', 4_250),
  debit('d1', 4_251),
  debit('d2', 100_000),
  authorise('h1', 10_000),
  post('p1', 'h1', 2_500),
  holdDue('h1'),
  reverse('r1', 'd1', { amount: 1_000 }),
  reverse('r2', 'd3'),
  debit('d3', 1),
]

const inputs: Readonly<Record<string, readonly object[]>> = {
  applications,
  payments,
  users: [sampleUser(), sampleUser(), sampleUser({ id: other }), sampleUser({ tax_code: null })],
  'payment.facts': facts,
  'payment.seen': seen,
  'payments.current': current,
  'payment.contributions': contributions,
  'payment.configurations': configurations,
  debits,
  ...recordedExports,
}

/** What came on a topic once: fictional, and written down so that every processor can be run over it again. */
export function recordedInput(topic: string): readonly object[] {
  const found = inputs[topic]
  if (!found) throw new Error(`nothing is recorded on ${topic}: add it to tests/recorded-input.ts`)
  return found
}

const valueOf = ({ value }: Emission): Row => value as Row

/** What examplepay is reached with: it lists dues only where it could be asked. */
const connectable = {
  base_url: 'http://127.0.0.1:9',
  api_key: 'example-key',
  notify_secret: 'example-notify-secret',
}

const rows: Readonly<Record<string, readonly Row[]>> = {
  'payment.tenants': [valueOf(tenantRow({ config: JSON.stringify(connectable) }))],
  'payment.services': [valueOf(serviceRow())],
  'payments.current': [],
}

/** The rows of a table as they were then. */
export function recordedRows(table: string): readonly Row[] {
  const found = rows[table]
  if (!found) throw new Error(`no rows of ${table} are recorded: add them`)
  return found
}
