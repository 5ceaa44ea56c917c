import { type Emission, to } from '#core/processor'
import { normaliseApplication } from '#schemas/applications/normalise'
import { codecOf } from '#schemas/codec'
import type {
  Application,
  Payment,
  PaymentFact,
  PaymentFactMembers,
  ServiceConfiguration,
  TenantConfiguration,
} from '#schemas/generated/types'
import { normalisePayment } from '#schemas/payments/normalise'
import { readSample } from '#schemas/samples/sample'
import * as topics from '#schemas/topics'
import type { Envelope, Unstamped } from '#schemas/topic'

const application = codecOf('corrente.applications.Application')
const payment = codecOf('corrente.payments.Payment')

/** A fictional application that waits to be paid. */
export const sampleApplication = (changes: Partial<Application> = {}): Application => ({
  ...application.fromJson(normaliseApplication(readSample('application'))),
  ...changes,
})

/** The fictional payment of that application, as its dispatcher wrote it. */
export const samplePayment = (changes: Partial<Payment> = {}): Payment => ({
  ...payment.fromJson(normalisePayment(readSample('payment-creation-pending'))),
  ...changes,
})

const { id, tenant_id, service_id } = samplePayment()

/** The value without the envelope it was read with. */
export const unstamped = <Value extends Envelope>(value: Value): Unstamped<Value> =>
  Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== 'app_id' && !name.startsWith('event_')),
  ) as Unstamped<Value>

type Told<Fact = PaymentFact> = Fact extends PaymentFact
  ? Omit<Fact, keyof PaymentFactMembers> & Partial<PaymentFactMembers>
  : never

/** A fact about the fictional payment, a minute after its creation unless said otherwise. */
export const factOf = (told: Told): PaymentFact => ({
  payment_id: id,
  occurred_at: '2025-03-10T09:16:02+01:00',
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2025-03-10T09:16:02+01:00',
  app_id: 'examplepay-payment-proxy:0.1.0',
  ...told,
})

const configuration = {
  connector: 'examplepay',
  active: true,
  updated_at: '2025-01-01T00:00:00+01:00',
} as const

/** The row of the fictional body's configuration at `examplepay`. */
export const tenantRow = (changes: Partial<TenantConfiguration> = {}): Emission =>
  to(topics.tenantConfigurations, {
    id: `examplepay/${tenant_id}`,
    tenant_id,
    version: 3,
    config: '{"base_url":"http://127.0.0.1:9"}',
    ...configuration,
    ...changes,
  })

/** The row of the fictional digital service's configuration at `examplepay`. */
export const serviceRow = (changes: Partial<ServiceConfiguration> = {}): Emission =>
  to(topics.serviceConfigurations, {
    id: `examplepay/${service_id}`,
    service_id,
    tenant_id,
    version: 5,
    config: '{"due_type":"CANONE"}',
    ...configuration,
    ...changes,
  })
