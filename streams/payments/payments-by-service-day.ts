import { defineProcessor, remove, to } from '#core/processor'
import * as topics from '#schemas/topics'
import { addTo, emptyDay } from '#streams/payments/service-day'

/** Counts and adds up the payments of each digital service by the day of their creation and their state. */
export const paymentsByServiceDay = defineProcessor({
  name: 'payments-by-service-day',
  input: topics.paymentContributions,
  outputs: [topics.paymentsByServiceDay],
  state: topics.serviceDays,

  handle({ service_day: id, tenant_id, service_id, day, removed, added }, { state }) {
    const { id: _, ...before } = state.get(id) ?? {
      id,
      ...emptyDay({ tenant_id, service_id, day }),
    }
    const without = removed ? addTo(before, removed, -1) : before
    const now = added ? addTo(without, added, 1) : without
    if (now.payments_count === 0) {
      return [remove(topics.paymentsByServiceDay, id), remove(topics.serviceDays, id)]
    }
    return [to(topics.paymentsByServiceDay, { id, ...now }), to(topics.serviceDays, { id, ...now })]
  },
})
