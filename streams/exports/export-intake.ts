import { defineProcessor, to } from '#core/processor'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { contentKeyOf } from '#streams/exports/content-key'

/** Brings requests for exports to whoever decides them: those for the same content to the same place, in order. */
export const exportIntake = defineProcessor({
  name: 'export-intake',
  input: topics.exportRequests,
  outputs: [topics.exportFacts],

  handle(request, { now }) {
    const { request_id } = request
    const occurred_at = formatDateTime(now)
    if (request.type === 'Cancel') {
      const { content_key, export_id, cancelled_by } = request.cancel
      const fact = { content_key, export_id, occurred_at, type: 'CancelRequested' as const }
      return [to(topics.exportFacts, { ...fact, cancel_requested: { request_id, cancelled_by } })]
    }
    const { requested_by, terms } = request.create
    const requested = { request_id, requested_by, terms }
    const about = { content_key: contentKeyOf(terms), export_id: request_id, occurred_at }
    return [to(topics.exportFacts, { ...about, type: 'Requested', requested })]
  },
})
