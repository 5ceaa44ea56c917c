import { defineProcessor, to } from '#core/processor'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { contentKeyOf } from '#streams/exports/content-key'

/**
 * Brings requests for exports to whoever decides them: those for the same content to the same place, in order. Who is to be
 * told what comes of them goes another way, where it does not stay.
 */
export const exportIntake = defineProcessor({
  name: 'export-intake',
  input: topics.exportRequests,
  outputs: [topics.exportFacts, topics.exportTellings],

  handle(request, { now }) {
    const { request_id } = request
    const occurred_at = formatDateTime(now)
    if (request.type === 'Cancel') {
      const { content_key, export_id, cancelled_by } = request.cancel
      const fact = { content_key, export_id, occurred_at, type: 'CancelRequested' as const }
      return [to(topics.exportFacts, { ...fact, cancel_requested: { request_id, cancelled_by } })]
    }
    const { requested_by, terms, notify } = request.create
    const requested = { request_id, requested_by, terms, is_to_be_told: notify !== null }
    const about = { content_key: contentKeyOf(terms), export_id: request_id, occurred_at }
    const fact = to(topics.exportFacts, { ...about, type: 'Requested', requested })
    if (notify === null) return [fact]
    const asked = { tenant_id: terms.tenant_id, notify }
    return [fact, to(topics.exportTellings, { request_id, type: 'Asked', asked })]
  },
})
