import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { driveTask } from '#core/drive'
import { RejectedError } from '#core/errors'
import { to } from '#core/processor'
import type { ChunkPrinter, ChunkToPrint, PrintedChunk } from '#ports/chunk-printer'
import type { ExportCurrent } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { exampleObjects } from '#streams/exports/example-objects'
import { exportRenderer } from '#streams/exports/export-renderer'
import { requestedBy, Story } from '#streams/exports/export-samples'
import { planBytes } from '#streams/exports/printing-plan'
import {
  failure,
  movements,
  report,
  stamped,
  step,
  templateOf,
} from '#streams/exports/step-samples'

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

const of = `exports/${step.export_id}`
const plan = {
  format: { columns: ['reference', 'name'], separator: ',' },
  characters: 'ab',
} as const
const chunk = {
  number: 3,
  first_record: 600,
  first_line: 602,
  records: 1,
  from_byte: 15,
  to_byte: 23,
}
const job = stamped({
  ...step,
  job_id: `${step.export_id}:3`,
  chunk,
  csv_key: `${of}/movements.csv`,
  csv_sha256: sha256Of(movements),
  plan_key: `${of}/plan.json`,
  as_of: '2026-01-15T10:00:00+01:00',
  template: 'slip@1',
  language: 'en',
})
const exportIn = (state: ExportCurrent['state']) => {
  const story = new Story()
  story.told(requestedBy(0))
  return to(topics.exportsCurrent, { ...story.only, state })
}
const printed: PrintedChunk = {
  segment: new Uint8Array([1, 2, 3]),
  index: new Uint8Array([4]),
  rendered: 1,
  failed: [],
}

const rendering = (print: (chunk: ChunkToPrint) => PrintedChunk) => {
  const { objects, store } = exampleObjects()
  objects.set(job.csv_key, Buffer.from(movements))
  objects.set(job.plan_key, Buffer.from(planBytes(plan)))
  const printer: ChunkPrinter = { print: async (asked, _, use) => use(print(asked)) }
  const renderer = driveTask(exportRenderer({ templateOf, objects: store, printer }))
  return { objects, renderer }
}
const rendered = { number: 3, rendered: 1, failed: 0, bytes: 3, first_failure: null }

describe('export-renderer', () => {
  it('prints the movements of a chunk by what the export has stored, and stores the piece', async () => {
    const asked: ChunkToPrint[] = []
    const { objects, renderer } = rendering((one) => (asked.push(one), printed))
    await renderer
      .given(exportIn('RENDERING'))
      .when(job)
      .emits(report({ type: 'ChunkRendered', chunk_rendered: rendered }))
    expect(asked).toMatchObject([{ plan, asOf: job.as_of }])
    expect(Buffer.from(asked[0]!.csv).toString()).toBe('A-1,Ada\n')
    expect([...objects.get(`${of}/segments/0000003`)!]).toEqual([1, 2, 3])
    expect([...objects.get(`${of}/indexes/0000003`)!]).toEqual([4])
    expect(objects.has(`${of}/failures/0000003`)).toBe(false)
  })

  it('tells how many movements have no document, and keeps which and why', async () => {
    const failed = [{ record: 600, reference: 'A-1', code: 'no-sign', field: 'name' }]
    const { objects, renderer } = rendering(() => ({ ...printed, rendered: 0, failed }))
    const counts = { ...rendered, rendered: 0, failed: 1, first_failure: 'no-sign' }
    await renderer
      .given(exportIn('RENDERING'))
      .when(job)
      .emits(report({ type: 'ChunkRendered', chunk_rendered: counts }))
    expect(JSON.parse(objects.get(`${of}/failures/0000003`)!.toString())).toEqual(failed)
  })

  it.each(['FAILED', 'CANCELLING', 'CANCELLED', 'EXPIRED'] as const)(
    'passes by what an export that is %s had waiting',
    async (state) => {
      const { objects, renderer } = rendering(() => printed)
      await renderer.given(exportIn(state)).when(job).emits()
      expect(objects.size).toBe(2)
    },
  )

  it('passes by what nobody knows any more', async () => {
    await rendering(() => printed)
      .renderer.when(job)
      .emits()
  })

  it('prints an export that is made again under its id by its own plan', async () => {
    const asked: ChunkToPrint[] = []
    const { objects, renderer } = rendering((one) => (asked.push(one), printed))
    const again = `${movements}D-4,Di\n`
    await renderer
      .given(exportIn('RENDERING'))
      .when(job)
      .emits(report({ type: 'ChunkRendered', chunk_rendered: rendered }))
    objects.set(job.csv_key, Buffer.from(again))
    objects.set(job.plan_key, Buffer.from(planBytes({ ...plan, characters: 'abc' })))
    await renderer
      .given(exportIn('RENDERING'))
      .when({ ...job, csv_sha256: sha256Of(again) })
      .emits(report({ type: 'ChunkRendered', chunk_rendered: rendered }))
    expect(asked.map((one) => one.plan.characters)).toEqual(['ab', 'abc'])
  })

  it('fails the export where the movements are others than were split', async () => {
    const { renderer } = rendering(() => printed)
    await renderer
      .given(exportIn('RENDERING'))
      .when({ ...job, csv_sha256: 'other' })
      .emits(
        failure(
          'export-renderer',
          'movements-changed',
          'the file of movements is not the one that was stored',
        ),
      )
  })

  it('fails the export where its template can not be used', async () => {
    const { renderer } = rendering(() => {
      throw new RejectedError('no-language', 'slip@1 has no texts in en')
    })
    await renderer
      .given(exportIn('RENDERING'))
      .when(job)
      .emits(failure('export-renderer', 'no-language', 'slip@1 has no texts in en'))
  })
})
