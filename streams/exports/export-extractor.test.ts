import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { driveTask } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import type { Movements } from '#ports/movements'
import { exampleObjects } from '#streams/exports/example-objects'
import { exportExtractor } from '#streams/exports/export-extractor'
import { termsOf } from '#streams/exports/export-samples'
import { failure, movements, report, stamped, step } from '#streams/exports/step-samples'

const key = `exports/${step.export_id}/movements.csv`
const extraction = stamped({ ...step, terms: termsOf() })

async function* text(): AsyncIterable<Uint8Array> {
  yield Buffer.from(movements)
}

const extracting = (read: Movements['read']) => {
  const { objects, store } = exampleObjects()
  const source: Movements = { versionOf: async () => null, read }
  const movementsOf = (name: string) => (name === 'csv' ? source : undefined)
  return { objects, extractor: driveTask(exportExtractor({ movementsOf, objects: store })) }
}
const found = async () => ({ asOf: new Date('2026-01-15T08:30:00Z'), csv: text() })

describe('export-extractor', () => {
  it('stores the movements as one file, and says as of when they are', async () => {
    const { objects, extractor } = extracting(found)
    await extractor.when(extraction).emits(
      report({
        type: 'Extracted',
        extracted: {
          key,
          bytes: Buffer.byteLength(movements),
          sha256: createHash('sha256').update(movements).digest('hex'),
          as_of: '2026-01-15T09:30:00+01:00',
        },
      }),
    )
    expect(objects.get(key)?.toString()).toBe(movements)
  })

  it('stores a CSV that is asked for as people open it, and refuses one that is none', async () => {
    const csvOf = (content: string) => async () => ({
      asOf: new Date('2026-01-15T08:30:00Z'),
      csv: (async function* () {
        yield Buffer.from(content)
      })(),
    })
    const asked = stamped({ ...step, terms: termsOf({ output: 'CSV', template: null }) })
    const { objects, extractor } = extracting(csvOf('a,b\n=1+1,2\n'))
    const content = "\uFEFFa,b\r\n'=1+1,2\r\n"
    await extractor.when(asked).emits(
      report({
        type: 'Extracted',
        extracted: {
          key,
          bytes: Buffer.byteLength(content),
          sha256: createHash('sha256').update(content).digest('hex'),
          as_of: '2026-01-15T09:30:00+01:00',
        },
      }),
    )
    expect(objects.get(key)?.toString()).toBe(content)
    await extracting(csvOf('a,b\n1\n'))
      .extractor.when(asked)
      .emits(failure('export-extractor', 'csv-column-count', 'line 2: 1 columns, 2 expected'))
  })

  it('fails the export where nobody configured the source, or the source has no such batch', async () => {
    const { extractor } = extracting(async () => {
      throw new RejectedError('no-batch', 'there is no file for lote-2026-01')
    })
    await extractor
      .when(stamped({ ...step, terms: termsOf({ source: 'bank' }) }))
      .emits(
        failure('export-extractor', 'no-source', 'no source of movements is configured as bank'),
      )
    await extractor
      .when(extraction)
      .emits(failure('export-extractor', 'no-batch', 'there is no file for lote-2026-01'))
  })

  it('lets go of the source, also where the store fails before it reads', async () => {
    let reading: AbortSignal | undefined
    const source: Movements = {
      versionOf: async () => null,
      async read(_, signal) {
        reading = signal
        return found()
      },
    }
    const put = async () => {
      throw new TransientError('the store is full')
    }
    const objects = { ...exampleObjects().store, put }
    const extractor = driveTask(exportExtractor({ movementsOf: () => source, objects }))
    await extractor.when(extraction).waits()
    expect(reading?.aborted).toBe(true)
  })

  it('is tried again while the source is away, and in the end fails the export', async () => {
    const { extractor } = extracting(async () => {
      throw new TransientError('the source is away')
    })
    await extractor.when(extraction).waits()
    await extractor
      .when(extraction, { exhausted: { attempts: 9, reason: 'the source is away' } })
      .emits(failure('export-extractor', 'exhausted', 'tried in vain: the source is away'))
  })
})
