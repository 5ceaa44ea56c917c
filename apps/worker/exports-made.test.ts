import { describe, expect, it } from 'vitest'
import { countExports } from '#apps/worker/exports-made'
import { newMetrics } from '#core/metrics'
import type { Emission } from '#core/processor'
import type { ExportState } from '#schemas/generated/types'

const current = (state: ExportState, more: object = {}): Emission => ({
  topic: 'exports.current',
  key: 'e',
  value: {
    state,
    requested_at: '2026-01-15T10:00:00+01:00',
    ready_at: null,
    ...more,
  },
})
const extraction: Emission = { topic: 'export.extractions', key: 'e', value: {} }
const ready = { ready_at: '2026-01-15T10:00:40+01:00' }

const sumName = 'corrente_export_seconds_sum'

/** The numbers after these facts and what the keeper made of them. */
async function countedAfter(
  told: readonly (readonly [string, readonly Emission[]])[],
  unit = 'export-keeper',
) {
  const metrics = newMetrics()
  const count = countExports(metrics)
  for (const [type, emissions] of told) count({ unit, value: { type }, emissions })
  const valuesOf = async (name: string) =>
    (await metrics.registry.getSingleMetric(name)!.get()).values
  const exported = (await valuesOf('corrente_exports_total')).map(({ labels, value }) => [
    labels['state'],
    value,
  ])
  const seconds = await valuesOf('corrente_export_seconds')
  const sum = seconds.find((value) => 'metricName' in value && value.metricName === sumName)
  return { exported: Object.fromEntries(exported) as object, seconds: sum?.value ?? 0 }
}

describe('exports made', () => {
  it('are counted when they are begun and when they end, with the time between', async () => {
    const { exported, seconds } = await countedAfter([
      ['Requested', [current('EXTRACTING'), extraction]],
      ['ChunkRendered', [current('RENDERING')]],
      ['Packed', [current('READY', ready)]],
      ['ExpiryDue', [current('EXPIRED', ready)]],
    ])
    expect(exported).toEqual({ EXTRACTING: 1, READY: 1, EXPIRED: 1 })
    expect(seconds).toBe(40)
  })

  it('count as failed whatever step failed, or where nothing came of any', async () => {
    const { exported, seconds } = await countedAfter([
      ['StepFailed', [current('FAILED')]],
      ['StallDue', [current('FAILED')]],
      ['Extracted', [current('FAILED')]],
      ['ExpiryDue', [{ topic: 'exports.current', key: 'e', value: null }]],
    ])
    expect(exported).toEqual({ FAILED: 3 })
    expect(seconds).toBe(0)
  })

  it('are not counted again where others ask for the same, or give up their share', async () => {
    const { exported } = await countedAfter([
      ['Requested', [current('EXTRACTING')]],
      ['Requested', [current('READY', ready)]],
      ['CancelRequested', [current('READY', ready)]],
      ['CancelRequested', [current('CANCELLING')]],
    ])
    expect(exported).toEqual({ CANCELLING: 1 })
  })

  it('are those of their keeper alone', async () => {
    const told = [['Packed', [current('READY', ready)]]] as const
    expect((await countedAfter(told, 'export-packer')).exported).toEqual({})
  })
})
