import { expect, it } from 'vitest'
import { drive } from '#core/drive'
import type { Mail } from '#ports/mail'
import type { WebhookEvent } from '#ports/webhooks'
import type { ExportTellingEnded, Notification } from '#schemas/generated/types'
import { notifiedRequests } from '#schemas/topics'
import { exportNotifications } from '#streams/exports/export-notifications'
import { notifyOf, requestIds } from '#streams/exports/export-samples'
import { stamped } from '#streams/exports/step-samples'
import { to } from '#core/processor'
import { handOver } from '#streams/notifications/hand-over'

const [request_id, export_id] = requestIds
const ended: ExportTellingEnded = {
  ...{ export_id, state: 'READY', output: 'PDF', records: 20, rendered: 19, failed: 1 },
  ...{ expires_at: '2026-01-15T14:00:00+01:00', failure: null },
}
const failure = { step: 'export-splitter', code: 'csv-quote', message: 'line 7: a quote' }

async function handedOver(changes: Partial<ExportTellingEnded>) {
  const kept = to(notifiedRequests, { request_id, tenant_id: 'tenant-a', notify: notifyOf() })
  const telling = stamped({ request_id, type: 'Ended' as const, ended: { ...ended, ...changes } })
  const { emissions } = drive(exportNotifications).given(kept).when(telling).outcome
  const mails: Mail[] = []
  const events: WebhookEvent[] = []
  const receivers = {
    mailServer: { send: async (mail: Mail) => void mails.push(mail) },
    webhooks: { post: async (event: WebhookEvent) => void events.push(event) },
    attachments: { bytesOf: () => Promise.reject(new Error('never called')) },
  }
  for (const { topic, value } of emissions) {
    if (topic !== 'notifications') continue
    const notification = stamped(value as Notification)
    await handOver(receivers, notification, new AbortController().signal)
  }
  return { mails, events }
}

it.each<[string, Partial<ExportTellingEnded>, string, string]>([
  ['ready', {}, 'Su exportación está lista: 19 documentos', '2026-01-15 14:00 (UTC+01:00)'],
  [
    'ready, with documents missing',
    { state: 'READY_WITH_ERRORS' },
    'Su exportación está lista, pero faltan documentos: 1',
    'Movimientos sin documento: 1',
  ],
  [
    'ready as a file',
    { output: 'CSV', records: null, rendered: 0, failed: 0 },
    'Su exportación está lista: el archivo de movimientos',
    '2026-01-15 14:00 (UTC+01:00)',
  ],
  [
    'failed',
    { state: 'FAILED', expires_at: null, failure },
    'Su exportación no se pudo completar',
    'line 7: a quote (csv-quote)',
  ],
])('what exports ask for is what the templates want: %s', async (_, changes, subject, text) => {
  const { mails, events } = await handedOver(changes)
  expect(mails).toMatchObject([{ subject, address: 'ada@body.example', language: 'es-CO' }])
  expect(mails[0]!.text).toContain(text)
  expect(mails[0]!.text).toContain(`${notifyOf().page}\n`)
  const told = JSON.parse(events[0]!.body) as { readonly data: object }
  expect(events).toHaveLength(1)
  const { failure: why, ...facts } = { ...ended, ...changes }
  const failure_code = why?.code ?? null
  expect(told.data).toMatchObject({ request_id, ...facts, failure_code })
  expect(events[0]!.body).not.toContain('body.example')
})
