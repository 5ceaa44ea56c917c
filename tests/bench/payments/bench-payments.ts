import { codecOf } from '#schemas/codec'
import type {
  Application,
  KeptPayment,
  OpenPayment,
  Payment,
  PaymentCurrent,
} from '#schemas/generated/types'
import { formatDateTime } from '#schemas/values/date-time'
import { paymentIn } from '#streams/payments/keeper-samples'
import { sampleApplication } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'
import { registerSchemas } from '#apps/platform/contracts'
import type { AnyTopic } from '#schemas/topic'
import { framed } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** What an id is of. */
export type IdKind = 'application' | 'payment' | 'event' | 'service'

const heads: Readonly<Record<IdKind, string>> = {
  application: 'a',
  payment: 'b',
  event: 'e',
  service: 'c',
}

/** The id of the n-th of its kind: a UUID. */
export const idOf = (kind: IdKind, n: number): string =>
  `${heads[kind]}${hex(n, 7)}-0000-4000-8000-${hex(n * 40_503, 12)}`

/** The number an id was made of. */
export const numberOf = (id: string): number => Number.parseInt(id.slice(1, 8), 16)

/** The public body of the bench. */
export const tenant_id = 'd0000000-0000-4000-8000-000000000001'

const validityMs = 90 * 24 * 3_600_000
const created_at = formatDateTime(new Date())
const expire_at = formatDateTime(new Date(Date.now() + validityMs))

const sample = sampleApplication()
const application: Application = {
  ...sample,
  event_created_at: created_at,
  payment_data: { ...sample.payment_data!, expire_at },
}

/** The n-th application, which waits to be paid for a digital service of the body. */
export const applicationOf = (n: number, service_id: string): Application => ({
  ...application,
  id: idOf('application', n),
  tenant_id,
  service_id,
  event_id: idOf('event', n),
})

/** How a payment of the bench differs from the fictional one. */
export interface PaymentChanges {
  readonly service_id: string
  readonly status?: Payment['status']
  readonly app_id?: string
  readonly update_url?: string
}

const pending = paymentIn('PAYMENT_PENDING', {
  updated_at: created_at,
  details: { expire_at },
  update: { next_check_at: created_at },
})

/** The n-th payment: open, unless said otherwise. */
export function paymentOf(n: number, changes: PaymentChanges): Payment {
  const { service_id, status = 'PAYMENT_PENDING', app_id, update_url } = changes
  const id = idOf('payment', n)
  const { links } = pending
  return {
    ...pending,
    id,
    tenant_id,
    service_id,
    status,
    created_at,
    remote_id: idOf('application', n),
    payment: { ...pending.payment, iud: id.replaceAll('-', '') },
    links: { ...links, update: { ...links.update, url: update_url ?? links.update.url } },
    event_id: idOf('event', n),
    event_created_at: created_at,
    ...(app_id === undefined ? {} : { app_id }),
  }
}

/** Its row on `payments.current`. */
export const currentOf = (payment: Payment): PaymentCurrent & { readonly id: string } => ({
  id: payment.id,
  ...toCurrent(payment),
})

/** Its row with its keeper. */
export const keptOf = (payment: Payment): KeptPayment => ({
  payment_id: payment.id,
  payment,
  connector: 'examplepay',
  awaiting: null,
  checks_end_at: null,
  expires_at: null,
  retry_payment_id: null,
})

/** What an open payment differs in. */
export interface OpenChanges {
  readonly connector: string
  readonly next_check_at_ms: number
  readonly update_url: string
}

const openedAtMs = Date.UTC(2026, 0, 1)
const yearMs = 365 * 24 * 3_600_000

/** The row of the n-th payment on `payments.open`. */
export const openOf = (n: number, changes: OpenChanges): OpenPayment & { readonly id: string } => ({
  id: idOf('payment', n),
  tenant_id,
  service_id: idOf('service', 0),
  remote_id: idOf('application', n),
  status: 'PAYMENT_PENDING',
  created_at_ms: openedAtMs,
  expire_at_ms: openedAtMs + yearMs,
  last_check_at_ms: null,
  update_method: 'GET',
  ...changes,
})

/** Values as records of a topic whose schema is registered. */
export async function recordsOf<Value>(
  { registry }: Pick<BenchStack, 'registry'>,
  topic: AnyTopic,
): Promise<(value: Value) => { readonly key: string; readonly value: Buffer }> {
  const [found] = await registerSchemas(registry, [topic])
  const { type } = codecOf(topic.schema)
  return (value) => ({ key: topic.key(value), value: framed(found!.id, type.toBuffer(value)) })
}
