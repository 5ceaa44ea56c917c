import { describe, expect, it } from 'vitest'
import { isEnd, lookAgainSeconds, viewOf } from '#apps/exports-api/view/export-view'
import type { ExportCurrent } from '#schemas/generated/types'
import { contentKey, requestIds, termsOf } from '#streams/exports/export-samples'
import { steps } from '#streams/exports/export-lifecycle'

const [requestId, exportId] = requestIds
const terms = termsOf({ filter: '{"name":"María"}' })
const request = {
  request_id: requestId,
  tenant_id: 'tenant-a',
  requested_by: 'back',
  requested_at: '2026-11-30T11:00:00+01:00',
  askedTerms: terms,
}
const ready: ExportCurrent = {
  export_id: exportId,
  content_key: contentKey,
  terms,
  state: 'READY_WITH_ERRORS',
  records: 20,
  rendered: 19,
  failed: 1,
  requested_at: '2026-11-30T10:00:00+01:00',
  rendering_at: '2026-11-30T10:00:10+01:00',
  as_of: '2026-11-30T10:00:05+01:00',
  ready_at: '2026-11-30T10:00:20+01:00',
  expires_at: '2026-11-30T14:00:20+01:00',
  result: { key: 'exports/secret-place/archive.zip', bytes: 700, sha256: 'c0ffee' },
  failure: null,
  updated_at: '2026-11-30T10:00:20+01:00',
}
const viewAt = (current: ExportCurrent, instant: string) =>
  viewOf({ ...request, kind: 'kept', current }, new Date(instant))

describe('what is told of a request', () => {
  it('is that nobody has decided it, until somebody has', () => {
    const view = viewOf({ ...request, kind: 'asked' }, new Date('2026-11-30T10:00:01Z'))
    expect(view).toMatchObject({ state: 'PENDING', export_id: null, records: null, percent: null })
    expect(view.updated_at).toBe(request.requested_at)
  })

  it('is where the export is that serves it, and nothing of where it lies or of whom it is about', () => {
    const view = viewAt(ready, '2026-11-30T13:00:19Z')
    expect(view).toMatchObject({
      request_id: requestId,
      export_id: exportId,
      state: 'READY_WITH_ERRORS',
      percent: 100,
      result: { bytes: 700, sha256: 'c0ffee' },
    })
    expect(JSON.stringify(view)).not.toMatch(/secret-place|María|data_version/)
  })

  it('is that its time is over once the clock says so, whatever is written', () => {
    const view = viewAt(ready, '2026-11-30T13:00:20Z')
    expect(view).toMatchObject({ state: 'EXPIRED', result: null })
  })

  it('is why it failed, for programs and for people, and not which unit said so', () => {
    const failure = {
      step: 'export-extractor',
      code: 'no-batch',
      message: 'there is no such batch',
    }
    const { step: _, ...told } = failure
    const view = viewAt(
      { ...ready, state: 'FAILED', expires_at: null, failure },
      '2026-11-30T10:00Z',
    )
    expect(view.failure).toEqual(told)
  })

  it('is worth asking for again in a moment, sooner than half a minute', () => {
    const seconds = [null, 0, 12, 4_000].map((eta_seconds) =>
      lookAgainSeconds({ percent: null, rate: null, eta_seconds }),
    )
    expect(seconds).toEqual([2, 1, 12, 30])
  })
})

it('ends in the states that nothing leads out of but the clock or somebody who asks for it', () => {
  const ends = (Object.keys(steps) as (keyof typeof steps)[]).filter(isEnd)
  expect(ends).toEqual(['READY', 'READY_WITH_ERRORS', 'EXPIRED', 'FAILED', 'CANCELLED'])
})
