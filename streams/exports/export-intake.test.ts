import { describe, expect, it } from 'vitest'
import { drive, now } from '#core/drive'
import { to } from '#core/processor'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { contentKeyOf } from '#streams/exports/content-key'
import { exportIntake } from '#streams/exports/export-intake'
import { notifyOf, requestIds, termsOf } from '#streams/exports/export-samples'
import { stamped } from '#streams/exports/step-samples'

const intake = drive(exportIntake)
const occurred_at = formatDateTime(now)
const request_id = requestIds[0]

describe('export-intake', () => {
  it('brings a request to whoever decides its content, under the id of the export that it may begin', () => {
    const create = { requested_by: 'user-7', terms: termsOf(), notify: null }
    const about = { content_key: contentKeyOf(termsOf()), export_id: request_id, occurred_at }
    intake.when(stamped({ request_id, type: 'Create' as const, create })).then(
      to(topics.exportFacts, {
        ...about,
        type: 'Requested',
        requested: {
          ...{ request_id, requested_by: 'user-7', terms: termsOf() },
          is_to_be_told: false,
        },
      }),
    )
  })

  it('says apart who is to be told, and in what stays only that somebody is', () => {
    const notify = notifyOf()
    const create = { requested_by: 'user-7', terms: termsOf(), notify }
    const { outcome, then } = intake.when(stamped({ request_id, type: 'Create' as const, create }))
    const requested = { request_id, requested_by: 'user-7', terms: termsOf(), is_to_be_told: true }
    then(
      to(topics.exportFacts, {
        ...{ content_key: contentKeyOf(termsOf()), export_id: request_id, occurred_at },
        type: 'Requested',
        requested,
      }),
      to(topics.exportTellings, {
        request_id,
        type: 'Asked',
        asked: { tenant_id: 'tenant-a', notify },
      }),
    )
    expect(JSON.stringify(outcome.emissions[0])).not.toContain('ada@body.example')
  })

  it('brings what gives an export up to the same place', () => {
    const about = { content_key: contentKeyOf(termsOf()), export_id: requestIds[1] }
    const cancel = { ...about, cancelled_by: 'user-7' }
    const cancel_requested = { request_id, cancelled_by: 'user-7' }
    intake.when(stamped({ request_id, type: 'Cancel' as const, cancel })).then(
      to(topics.exportFacts, {
        ...about,
        occurred_at,
        type: 'CancelRequested',
        cancel_requested,
      }),
    )
  })
})

describe('the key of a content', () => {
  it('is the same for the same terms, in whatever order they are said', () => {
    const reversed = Object.fromEntries(Object.entries(termsOf()).reverse()) as never
    expect(contentKeyOf(reversed)).toBe(contentKeyOf(termsOf()))
    expect(contentKeyOf(termsOf())).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is another one for other movements, another template, language or tolerance', () => {
    const keys = [
      {},
      { batch_id: 'lote-2' },
      { tenant_id: 'tenant-b' },
      { data_version: 'v2' },
      { filter: '{}' },
      { template: 'receipt@2' },
      { language: 'en' },
      { tolerated_failures: 1 },
      { tolerated_percent: 1 },
      { output: 'CSV' as const },
    ].map((changes) => contentKeyOf(termsOf(changes)))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('without a share that is tolerated is what it was before there was one', () => {
    expect(contentKeyOf(termsOf())).toBe('5850288619a1c8f6a6a85d40f8065242')
  })

  it('does not depend on how long it is kept', () => {
    expect(contentKeyOf(termsOf({ lifetime_minutes: 5 }))).toBe(contentKeyOf(termsOf()))
  })
})
