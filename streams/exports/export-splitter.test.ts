import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import type { Emission } from '#core/processor'
import { exampleObjects } from '#streams/exports/example-objects'
import { exportSplitter } from '#streams/exports/export-splitter'
import { planOf } from '#streams/exports/printing-plan'
import {
  failure,
  movements,
  report,
  stamped,
  step,
  templateOf,
} from '#streams/exports/step-samples'

const csvKey = `exports/${step.export_id}/movements.csv`
const planKey = `exports/${step.export_id}/plan.json`
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

type ChunksFound = { readonly chunks_found: { readonly chunks: readonly unknown[] } }

const given = (text: string, csv_sha256 = sha256Of(text)) => {
  const { objects, store } = exampleObjects()
  objects.set(csvKey, Buffer.from(text))
  const asked = stamped({ ...step, csv_key: csvKey, csv_sha256, template: 'slip@1' })
  return { objects, store, asked }
}
const splitting = (text: string, csv_sha256?: string) => {
  const { objects, store, asked } = given(text, csv_sha256)
  const splitter = driveTask(exportSplitter({ templateOf, objects: store }))
  return { objects, told: splitter.when(asked) }
}
const failed = (code: string, message: string) => failure('export-splitter', code, message)

describe('export-splitter', () => {
  it('says where the chunks lie, and stores what all of them are printed by', async () => {
    const { objects, told } = splitting(movements)
    const place = { first_record: 0, first_line: 2, from_byte: 15, to_byte: movements.length + 3 }
    await told.emits(
      report({
        type: 'ChunksFound',
        chunks_found: { chunks: [{ number: 0, records: 3, ...place }] },
      }),
      report({ type: 'Split', split: { records: 3, chunks: 1, plan_key: planKey } }),
    )
    const { format, characters } = planOf(objects.get(planKey)!)
    expect(format).toEqual({ columns: ['reference', 'name'], separator: ',' })
    expect(characters).toContain('Ñ')
  })

  it('finds chunks of two hundred movements, two thousand of them in a fact', async () => {
    const text = `reference,name\n${'A,b\n'.repeat(401_000)}`
    const { store, asked } = given(text)
    const context = { now, signal: new AbortController().signal } as never
    const emissions = await exportSplitter({ templateOf, objects: store }).run(asked, context)
    const facts = emissions.map((one) => (one as Emission).value as Partial<ChunksFound>)
    expect(facts.map(({ chunks_found }) => chunks_found?.chunks.length)).toEqual([
      2_000,
      5,
      undefined,
    ])
  })

  it('finds no chunk where there is no movement', async () => {
    await splitting('reference,name\n').told.emits(
      report({ type: 'Split', split: { records: 0, chunks: 0, plan_key: planKey } }),
    )
  })

  it('fails the export where the file has a mistake, by the line it is in', async () => {
    const { objects, told } = splitting(`${movements}D-4\n`)
    await told.emits(failed('csv-column-count', 'line 5: 1 columns, 2 expected'))
    expect(objects.has(planKey)).toBe(false)
  })

  it('fails the export where a column is missing that the template needs', async () => {
    await splitting('reference\nA\n').told.emits(
      failed('csv-column-missing', 'line 1: no column name'),
    )
  })

  it('fails the export where the file is not the one that was stored, or is gone', async () => {
    await splitting(movements, sha256Of('other')).told.emits(
      failed('movements-changed', 'the file of movements is not the one that was stored'),
    )
    const { store } = exampleObjects()
    const asked = stamped({ ...step, csv_key: csvKey, csv_sha256: '', template: 'slip@1' })
    await driveTask(exportSplitter({ templateOf, objects: store }))
      .when(asked)
      .emits(failed('no-object', 'the file of movements is not in the object store'))
  })
})
