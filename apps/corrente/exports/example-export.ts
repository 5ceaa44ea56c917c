import type { ShownExport } from '#apps/corrente/exports/exports-client'

export const exampleRequestId = '11111111-1111-4111-8111-111111111111'

/** A request as the API tells it, half way, unless a test says otherwise. */
export const shownExport = (changes: Partial<ShownExport> = {}): ShownExport => ({
  request_id: exampleRequestId,
  tenant_id: 'tenant-a',
  batch_id: 'lote-1',
  output: 'PDF',
  state: 'RENDERING',
  records: 10_000,
  rendered: 4_990,
  failed: 10,
  percent: 50,
  rate: 1_250.5,
  eta_seconds: 4,
  requested_at: '2026-11-30T11:00:00+01:00',
  expires_at: null,
  failure: null,
  result: null,
  ...changes,
})
