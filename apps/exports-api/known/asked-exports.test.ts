import { describe, expect, it } from 'vitest'
import { AskedExports } from '#apps/exports-api/known/asked-exports'
import type { ExportRequest } from '#schemas/generated/types'
import { formatDateTime } from '#schemas/values/date-time'
import { requestIds, termsOf } from '#streams/exports/export-samples'

const hourMs = 3_600_000
let nowMs = Date.parse('2026-11-30T10:00:00Z')
const [first, second] = requestIds

const changeOf = (request: Partial<ExportRequest>, agoMs = 0) => {
  const value = {
    event_created_at: formatDateTime(new Date(nowMs - agoMs)),
    type: 'Create',
    create: { requested_by: 'back', terms: termsOf(), notify: null },
    ...request,
  }
  const row = { value, version: '0:0', story: {} }
  return { key: String(request.request_id), row, bytes: Buffer.alloc(0) }
}
const created = (request_id: string, agoMs = 0, tenant_id = 'tenant-a') =>
  changeOf(
    {
      request_id,
      type: 'Create',
      create: { requested_by: 'back', terms: termsOf({ tenant_id }), notify: null },
    },
    agoMs,
  )
const asked = () => new AskedExports(() => new Date(nowMs))

describe('what was asked for', () => {
  it('is known by its id, and by its tenant', () => {
    const all = asked()
    all.apply([created(first), created(second, 0, 'tenant-b')])
    expect(all.get(first)).toMatchObject({ request_id: first, requested_by: 'back' })
    expect(all.of('tenant-b').map(({ request_id }) => request_id)).toEqual([second])
  })

  it('is what was asked first, where an id is given twice', () => {
    const all = asked()
    all.apply([created(first), created(first, 0, 'tenant-b')])
    expect(all.get(first)?.terms.tenant_id).toBe('tenant-a')
  })

  it('is no request to give one up', () => {
    const all = asked()
    const cancel = { content_key: 'c', export_id: first, cancelled_by: 'back' }
    all.apply([changeOf({ request_id: first, type: 'Cancel', cancel })])
    expect(all.get(first)).toBeUndefined()
  })

  it('is known for a day, and then as if it never was', () => {
    const all = asked()
    all.apply([created(first, 23 * hourMs), created(second, 24 * hourMs)])
    expect(all.get(first)).toBeDefined()
    expect(all.get(second)).toBeUndefined()
    nowMs += hourMs
    expect([all.get(first), all.of('tenant-a')]).toEqual([undefined, []])
    all.apply([created(first)])
    expect(all.get(first)).toBeDefined()
  })
})
