import { describe, expect, it } from 'vitest'
import { drive } from '#core/drive'
import { avroTypeOf } from '#schemas/avro-types'
import { codecOf } from '#schemas/codec'
import type { ExportFact, ExportRequest } from '#schemas/generated/types'
import { releasedUnder } from '#schemas/released'
import { exportIntake } from '#streams/exports/export-intake'
import { exportKeeper } from '#streams/exports/export-keeper'
import { requestIds, termsOf } from '#streams/exports/export-samples'
import { stamped, step } from '#streams/exports/step-samples'

const request_id = requestIds[0]
const { tolerated_percent: _, ...terms } = termsOf()
const former = { request_id, requested_by: 'user-7', terms }
const at = '2026-01-15T10:00:00+01:00'

/** A value as it was written before anybody could be told, read as it is today. */
const readToday = {
  avro: (topic: string, name: 'ExportRequest' | 'ExportFact' | 'ExportRow', value: object) => {
    const writer = avroTypeOf(releasedUnder(topic)[0]!)
    const codec = codecOf(`corrente.exports.${name}`)
    return codec.decode(writer.toBuffer(value), 0, codec.resolverFor(writer))
  },
  json: (_topic: string, name: 'ExportRequest' | 'ExportFact' | 'ExportRow', value: object) =>
    codecOf(`corrente.exports.${name}`).fromJson(value),
}

describe.each(['avro', 'json'] as const)('what was written before as %s', (format) => {
  const read = readToday[format]

  it('is a request of which nobody is told', () => {
    const { request_id: _, ...create } = former
    const value = stamped({ request_id, type: 'Create', create, cancel: null })
    const request = read('export-requests', 'ExportRequest', value) as ExportRequest
    const { emissions } = drive(exportIntake).when(request).outcome
    expect(emissions).toMatchObject([
      { topic: 'export.facts', value: { requested: { is_to_be_told: false } } },
    ])
  })

  it('is a fact of which nobody is told, also when its export has failed', () => {
    const blocks = { extracted: null, chunks_found: null, split: null, chunk_rendered: null }
    const others = { ...blocks, packed: null, step_failed: null, cancel_requested: null }
    const value = { ...others, purged: null, type: 'Requested', requested: former }
    const fact = read(
      'export.facts',
      'ExportFact',
      stamped({ ...step, occurred_at: at, ...value }),
    ) as ExportFact
    const begun = drive(exportKeeper).when(fact).outcome.emissions
    const failure = { step: 'export-extractor', code: 'no-batch', message: 'no such batch' }
    const failed = { ...step, occurred_at: at, type: 'StepFailed' as const, step_failed: failure }
    const { emissions } = drive(exportKeeper)
      .given(...begun)
      .when(stamped(failed)).outcome
    expect(emissions.map(({ topic }) => topic)).toEqual([
      'export-keeper.rows',
      'exports.current',
      'export.purgings',
    ])
  })

  it('is an export of which nobody waits to be told', () => {
    const counts = { chunks_found: 0, chunks_issued: 0, chunks_done: 0 }
    const current = {
      ...{ ...step, terms, state: 'EXTRACTING', records: null, rendered: 0, failed: 0 },
      ...{ requested_at: at, rendering_at: null, as_of: null, ready_at: null, expires_at: null },
      ...{ result: null, failure: null, updated_at: at },
    }
    const kept = { current, request_ids: [request_id], csv: null, plan_key: null, ...counts }
    const row = { id: `Export/${step.export_id}`, kind: 'Export', content: null, chunk: null }
    expect(read('export-keeper.rows', 'ExportRow', { ...row, export: kept })).toMatchObject({
      export: { ...kept, to_be_told: [] },
    })
  })
})
