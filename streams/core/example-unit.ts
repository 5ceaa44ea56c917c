import type { InputRecord } from '#core/records'
import { defineProcessor, defineTask, to } from '#core/processor'
import { newWire, type Wire } from '#core/wire'
import { changelog, events, table } from '#schemas/topic'

/** Topics and units for the engine's own tests; nothing here means anything. */
export const input = events('in', 'corrente.payments.PaymentAnomaly', { key: 'payment_id' })
export const output = events('out', 'corrente.payments.PaymentAnomaly', { key: 'payment_id' })
export const counts = changelog('counts', 'corrente.payments.ReportedPayment', {
  key: 'payment_id',
})
export const tenants = table('tenants', 'corrente.payments.TenantConfiguration', {
  key: 'id',
  indexes: ['connector'],
})
export const paymentId = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a11'

/** An event without its envelope. */
export const anomaly = (message = 'm') => ({
  payment_id: paymentId,
  kind: 'unknown-payment',
  message,
  status: null,
  connector: null,
  tenant_id: null,
  amount: null,
  transaction_id: null,
  paid_at: null,
  fact_event_id: paymentId,
})

/** A record that carries the bytes; partition 2, offset 41. */
export const recordOf = (
  value: Buffer | null,
  headers: Readonly<Record<string, string>> = {},
): InputRecord => ({
  topic: input.name,
  partition: 2,
  offset: 41,
  key: paymentId,
  value,
  timestamp: Date.parse('2026-01-15T09:00:00Z'),
  headers,
})

/** A unit that says what it read, and keeps it. */
export const echo = defineProcessor({
  name: 'echo',
  input,
  outputs: [output],
  state: counts,
  lookups: { tenants },
  handle: ({ message }) => [
    to(output, anomaly(message)),
    to(counts, { payment_id: paymentId, status: message }),
  ],
})

/** A task whose one call is given. */
export const calling = (call: (signal: AbortSignal) => Promise<void>, timeoutMs = 1_000) =>
  defineTask({
    name: 'calling',
    input,
    outputs: [output],
    orderBy: ({ payment_id }) => payment_id,
    concurrency: 1,
    timeoutMs,
    retry: { delayMsFirst: 2, delayMsMax: 4 },
    async run(_, { signal }) {
      await call(signal)
      return [to(output, anomaly())]
    },
  })

/** A wire without a registry. */
export const jsonWire: Wire = newWire({ format: 'json' })
