import { defineTask } from '#core/processor'
import type { ObjectStore } from '#ports/object-store'
import type { TemplateOf } from '#ports/pinned-templates'
import type { Template } from '#ports/templates'
import type { ExportChunk } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import type { Chunk } from '#streams/exports/csv/read-chunk'
import { splitCsv } from '#streams/exports/csv/split-csv'
import { planKey } from '#streams/exports/export-objects'
import { planBytes } from '#streams/exports/printing-plan'
import {
  exhausted,
  expectMovements,
  objectStore,
  performed,
  present,
  type Report,
  stepRetry,
} from '#streams/exports/step'

const name = 'export-splitter'

interface Ports {
  readonly templateOf: TemplateOf
  readonly objects: ObjectStore
}

/** Movements that are printed together: some tenths of a second of work, and some megabytes of documents. */
const chunkRecordsMax = 200
const chunkBytesMax = 4 * 1024 * 1024
/** Chunks that one fact names, so that it stays far below the largest record. */
const chunksPerFact = 2_000

/** Finds the chunks of a file of movements, and which characters are printed: nothing is printed of a file that has a mistake. */
export const exportSplitter = ({ templateOf, objects }: Ports) =>
  defineTask({
    name,
    input: topics.exportSplittings,
    outputs: [topics.exportFacts],
    orderBy: ({ export_id }) => export_id,
    partyOf: objectStore,
    concurrency: 2,
    timeoutMs: 30 * 60_000,
    retry: stepRetry,

    run: (splitting, { now, signal }) =>
      performed(name, splitting, now, async () => {
        const { export_id, csv_key } = splitting
        const template = await templateOf(splitting.template, signal)
        const csv = present(await objects.get(csv_key), 'the file of movements')
        const split = await splitCsv(csv.body, termsOf(template))
        expectMovements(split, splitting.csv_sha256)
        const { format, characters, records, chunks } = split
        const key = planKey(export_id)
        await objects.put(key, planBytes({ format, characters }), { signal })
        const done = { records, chunks: chunks.length, plan_key: key }
        return [...found(chunks), { type: 'Split', split: done }]
      }),

    onExhausted: async (splitting, { now, reason }) => exhausted(name, splitting, now, reason),
  })

const termsOf = ({ fields }: Template) => ({
  required: Object.keys(fields).filter((field) => fields[field]!.required),
  unprinted: [],
  chunkRecordsMax,
  chunkBytesMax,
})

function found(chunks: readonly Chunk[]): readonly Report[] {
  const facts: Report[] = []
  for (let at = 0; at < chunks.length; at += chunksPerFact) {
    const some = chunks.slice(at, at + chunksPerFact).map(toFact)
    facts.push({ type: 'ChunksFound', chunks_found: { chunks: some } })
  }
  return facts
}

const toFact = (chunk: Chunk): ExportChunk => ({
  number: chunk.number,
  first_record: chunk.firstRecord,
  first_line: chunk.firstLine,
  records: chunk.records,
  from_byte: chunk.from,
  to_byte: chunk.to,
})

export const fromFact = (chunk: ExportChunk): Chunk => ({
  number: chunk.number,
  firstRecord: chunk.first_record,
  firstLine: chunk.first_line,
  records: chunk.records,
  from: chunk.from_byte,
  to: chunk.to_byte,
})
