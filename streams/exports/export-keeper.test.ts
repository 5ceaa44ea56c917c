import { describe, it } from 'vitest'
import { drive, now } from '#core/drive'
import { remove, to, wakeAt } from '#core/processor'
import type { ExportFact } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { exportKeeper } from '#streams/exports/export-keeper'
import { requestedBy, Story, termsOf } from '#streams/exports/export-samples'
import { stallMs } from '#streams/exports/kept-export'
import { stamped, step } from '#streams/exports/step-samples'

const keeper = drive(exportKeeper)
const occurred_at = formatDateTime(now)
const fact = (said: object) => stamped({ ...step, occurred_at, ...said }) as ExportFact

describe('export-keeper', () => {
  it('begins an export that is asked for, and looks again whether anything came of it', () => {
    const story = new Story()
    story.told(requestedBy(0))
    const current = { ...story.only, content_key: step.content_key }
    const kept = { csv: null, plan_key: null, chunks_found: 0, chunks_issued: 0, chunks_done: 0 }
    const { export_id, content_key } = step
    const asked = { tenant_id: 'tenant-a', requested_by: 'user-7', requested_at: occurred_at }
    keeper.when(fact(requestedBy(0))).then(
      to(topics.exportRows, {
        id: `Export/${export_id}`,
        kind: 'Export',
        export: { current, request_ids: [export_id], to_be_told: [], ...kept },
      }),
      to(topics.exportsCurrent, current),
      to(topics.exportRows, {
        id: `Content/${content_key}`,
        kind: 'Content',
        content: { export_id },
      }),
      to(topics.exportsRequested, { request_id: export_id, export_id, ...asked }),
      to(topics.exportExtractions, { ...step, terms: termsOf() }),
      wakeAt(new Date(now.getTime() + stallMs), { ...step, occurred_at, type: 'StallDue' }),
    )
  })

  it('forgets what failed when its time is over', () => {
    const story = new Story()
    story.told(requestedBy(0))
    const current = { ...story.only, content_key: step.content_key, state: 'FAILED' as const }
    const { export_id } = step
    const id = `Export/${export_id}`
    const counts = { chunks_found: 1, chunks_issued: 1, chunks_done: 0 }
    const kept = {
      current,
      request_ids: ['r-1'],
      to_be_told: [],
      csv: null,
      plan_key: null,
      ...counts,
    }
    keeper
      .given(to(topics.exportRows, { id, kind: 'Export', export: kept }))
      .when(fact({ type: 'ExpiryDue' }))
      .then(
        to(topics.exportPurgings, step),
        remove(topics.exportRows, `Chunk/${export_id}/0000000`),
        remove(topics.exportRows, id),
        remove(topics.exportsRequested, 'r-1'),
        remove(topics.exportsCurrent, export_id),
      )
  })

  it('says nothing of what it does not know any more', () => {
    keeper.when(fact({ type: 'Purged', purged: { objects: 1 } })).then()
  })
})
