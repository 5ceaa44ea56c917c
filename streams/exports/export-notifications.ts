import { defineProcessor, type Emission, remove, to } from '#core/processor'
import type { ExportTellingEnded, NotifiedRequest } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { factsOf, wordsOf } from '#streams/exports/told-words'

/**
 * Asks that those are told what came of a request who wanted to know: by mail, by webhook, or both. Who they are it keeps
 * until then and no longer. The ids of what it asks for are made of request, outcome and way: asked twice is told once.
 */
export const exportNotifications = defineProcessor({
  name: 'export-notifications',
  input: topics.exportTellings,
  outputs: [topics.notifications],
  state: topics.notifiedRequests,

  handle(telling, { state }) {
    const { request_id } = telling
    const kept = state.get(request_id)
    if (telling.type === 'Asked') {
      // Of two that came under one id the first counts, as everywhere.
      return kept ? [] : [to(topics.notifiedRequests, { request_id, ...telling.asked })]
    }
    if (!kept) return []
    const told = telling.type === 'Ended' ? notificationsOf(kept, telling.ended) : []
    return [...told, remove(topics.notifiedRequests, request_id)]
  },
})

function notificationsOf(
  { request_id, tenant_id, notify }: NotifiedRequest,
  ended: ExportTellingEnded,
): readonly Emission<'notifications'>[] {
  const { email, webhook, language, page } = notify
  const { variables, ...template } = wordsOf(ended)
  const data = { export: request_id, ...variables, page }
  const outcome = ended.state.toLowerCase().replaceAll('_', '-')
  const said = (way: string) => ({
    notification_id: `export-${outcome}:${request_id}:${way}`,
    ...{ tenant_id, ...template, language, attachments: [] },
  })
  const mail = (address: string) =>
    to(topics.notifications, {
      ...said('email'),
      channel: 'Email',
      email: { address },
      data: JSON.stringify(data),
    })
  const post = (name: string) =>
    to(topics.notifications, {
      ...said('webhook'),
      channel: 'Webhook',
      webhook: { name },
      data: JSON.stringify({ ...data, ...factsOf(request_id, ended) }),
    })
  return [...(email === null ? [] : [mail(email)]), ...(webhook === null ? [] : [post(webhook)])]
}
