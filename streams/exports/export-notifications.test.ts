import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { type Emission, remove, to } from '#core/processor'
import type { ExportNotify, ExportTelling, ExportTellingEnded } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { exportNotifications } from '#streams/exports/export-notifications'
import { notifyOf, requestIds } from '#streams/exports/export-samples'
import { stamped } from '#streams/exports/step-samples'

const notifications = drive(exportNotifications)
const [request_id, export_id] = requestIds
const tenant_id = 'tenant-a'
const asked = (notify: ExportNotify): ExportTelling =>
  stamped({ request_id, type: 'Asked', asked: { tenant_id, notify } })
const endedAs = (changes: Partial<ExportTellingEnded> = {}): ExportTelling =>
  stamped({
    request_id,
    type: 'Ended',
    ended: {
      ...{ export_id, state: 'READY', output: 'PDF', records: 20, rendered: 20, failed: 0 },
      ...{ expires_at: '2026-01-15T14:00:00+01:00', failure: null, ...changes },
    },
  })
const failedAs = endedAs({
  state: 'FAILED',
  expires_at: null,
  failure: { step: 'export-extractor', code: 'no-batch', message: 'there is no such batch' },
})
const forgotten: ExportTelling = stamped({ request_id, type: 'Forgotten' })
const waiting = (changes: Partial<ExportNotify> = {}) =>
  to(topics.notifiedRequests, { request_id, tenant_id, notify: notifyOf(changes) })
const noLonger = remove(topics.notifiedRequests, request_id)

interface Said {
  readonly notification_id: string
  readonly template: string
  readonly data: string
}
const saidOf = ({ value }: Emission) => value as Said
const toldOf = (ended: ExportTelling, changes: Partial<ExportNotify> = {}) =>
  notifications
    .given(waiting(changes))
    .when(ended)
    .outcome.emissions.filter(({ topic }) => topic === 'notifications')
const dataOf = (emission: Emission) => JSON.parse(saidOf(emission).data) as Record<string, unknown>

describe('export-notifications', () => {
  it('keeps who is to be told until something came of the request', () => {
    notifications.when(asked(notifyOf())).then(waiting())
  })

  it('asks for a mail and a webhook, each under an id of its own, and forgets who they are for', () => {
    const { page } = notifyOf()
    const words = { export: request_id, documents: 20 }
    const said = { tenant_id, template: 'export-ready', template_version: 1, language: 'es-CO' }
    const facts = { request_id, export_id, state: 'READY', output: 'PDF' }
    const counts = { records: 20, rendered: 20, failed: 0 }
    notifications
      .given(waiting())
      .when(endedAs())
      .then(
        to(topics.notifications, {
          notification_id: `export-ready:${request_id}:email`,
          ...said,
          ...{ channel: 'Email', email: { address: 'ada@body.example' }, attachments: [] },
          data: JSON.stringify({ ...words, expires_at: '2026-01-15 14:00 (UTC+01:00)', page }),
        }),
        to(topics.notifications, {
          notification_id: `export-ready:${request_id}:webhook`,
          ...said,
          ...{ channel: 'Webhook', webhook: { name: 'archive' }, attachments: [] },
          data: JSON.stringify({
            ...{ ...words, expires_at: '2026-01-15T14:00:00+01:00', page },
            ...{ ...facts, ...counts, failure_code: null },
          }),
        }),
        noLonger,
      )
  })

  it.each([
    ['a mail', { webhook: null }, ['email']],
    ['a webhook', { email: null }, ['webhook']],
  ])('asks only for %s where no more is wanted', (_, changes, ways) => {
    const ids = toldOf(endedAs(), changes).map((one) => saidOf(one).notification_id)
    expect(ids).toEqual(ways.map((way) => `export-ready:${request_id}:${way}`))
  })

  it('says of a failure why, and to programs its code by itself, too', () => {
    const [mail, webhook] = toldOf(failedAs)
    expect(saidOf(mail!)).toMatchObject({
      notification_id: `export-failed:${request_id}:email`,
      template: 'export-failed',
    })
    expect(dataOf(mail!)).toMatchObject({ reason: 'there is no such batch (no-batch)' })
    expect(dataOf(webhook!)).toMatchObject({
      ...{ state: 'FAILED', failure_code: 'no-batch', expires_at: null },
    })
  })

  it('says how many documents are missing', () => {
    const state = 'READY_WITH_ERRORS'
    const [mail] = toldOf(endedAs({ state, rendered: 19, failed: 1 }))
    expect(saidOf(mail!)).toMatchObject({
      notification_id: `export-ready-with-errors:${request_id}:email`,
      template: 'export-ready-with-errors',
    })
    expect(dataOf(mail!)).toMatchObject({ documents: 19, missing: 1 })
  })

  it('says of a file nothing about documents', () => {
    const [mail] = toldOf(endedAs({ output: 'CSV', records: null, rendered: 0 }))
    expect(saidOf(mail!).template).toBe('export-csv-ready')
    expect(dataOf(mail!)).not.toHaveProperty('documents')
  })

  it('says a time of UTC as such', () => {
    const [mail] = toldOf(endedAs({ expires_at: '2026-01-15T13:00:00Z' }))
    expect(dataOf(mail!)).toMatchObject({ expires_at: '2026-01-15 13:00 (UTC)' })
  })

  it('names nobody but in the address of the mail', () => {
    const emissions = toldOf(endedAs())
    const [mail, webhook] = emissions
    expect(
      JSON.stringify([webhook, saidOf(mail!).data, emissions.map(({ key }) => key)]),
    ).not.toMatch(/ada|body\.example/)
  })

  it('asks for nothing twice', () => {
    notifications.when(endedAs()).then()
    notifications.when(failedAs).then()
  })

  it('tells those whom a request named first, whatever comes under its id later', () => {
    notifications
      .given(waiting())
      .when(asked(notifyOf({ email: 'other@body.example' })))
      .then()
  })

  it('forgets who is told where nothing is to be told any more', () => {
    notifications.given(waiting()).when(forgotten).then(noLonger)
    notifications.when(forgotten).then()
  })
})
