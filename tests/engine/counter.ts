import { defineProcessor, defineTask, to } from '#core/processor'
import { changelog, events, table } from '#schemas/topic'

/** The topics of one test, in existing schemas: anomalies as events, reports as counts. */
export const topicsOf = (suffix: string, partitions: number) => ({
  input: events(`in-${suffix}`, 'corrente.payments.PaymentAnomaly', {
    key: 'payment_id',
    partitions,
  }),
  output: events(`out-${suffix}`, 'corrente.payments.PaymentAnomaly', {
    key: 'payment_id',
    partitions,
  }),
  published: events(`published-${suffix}`, 'corrente.payments.PaymentAnomaly', {
    key: 'payment_id',
    partitions,
  }),
  counts: changelog(`counts-${suffix}`, 'corrente.payments.ReportedPayment', {
    key: 'payment_id',
    partitions,
  }),
  tenants: table(`tenants-${suffix}`, 'corrente.payments.TenantConfiguration', {
    key: 'id',
    partitions: 1,
    indexes: ['connector'],
  }),
})

/** Counts the events of each payment and says, for each, which number it had and how many there were. */
export const counterOf = (suffix: string, partitions: number) => {
  const { input, output, counts, tenants } = topicsOf(suffix, partitions)
  return defineProcessor({
    name: `counter-${suffix}`,
    input,
    outputs: [output],
    state: counts,
    lookups: { tenants },
    handle({ payment_id, message, kind, fact_event_id }, { state, lookup, position }) {
      if (kind === 'bug') throw new TypeError('a bug in the unit')
      const count = Number(state.get(payment_id)?.status ?? 0) + 1
      const tenant = lookup.tenants.get('examplepay/1')
      return [
        to(output, {
          payment_id,
          kind: message,
          message: String(count),
          status: tenant ? String(tenant.version) : null,
          connector: null,
          tenant_id: null,
          amount: null,
          transaction_id: `${position.partition}/${position.offset}`,
          paid_at: null,
          fact_event_id,
        }),
        to(counts, { payment_id, status: String(count) }),
      ]
    },
  })
}

/** Passes events on through a call to the outside. */
export const callerOf = (
  suffix: string,
  partitions: number,
  call: (message: string, signal: AbortSignal) => Promise<void>,
  timeoutMs = 2_000,
) => {
  const { input, output } = topicsOf(suffix, partitions)
  return defineTask({
    name: `caller-${suffix}`,
    input,
    outputs: [output],
    orderBy: ({ payment_id }) => payment_id,
    concurrency: 10,
    timeoutMs,
    retry: { delayMsFirst: 50, delayMsMax: 200 },
    async run(
      { event_id: _, event_version: __, event_created_at: ___, app_id: ____, ...event },
      context,
    ) {
      await call(event.message, context.signal)
      return [to(output, { ...event, kind: event.message })]
    },
  })
}
