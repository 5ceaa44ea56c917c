import { defineTask } from '#core/processor'
import type { FailedDocument } from '#ports/chunk-printer'
import type { ObjectPart, ObjectStore } from '#ports/object-store'
import type { ExportPacking } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { instantOf } from '#schemas/values/date-time'
import { archiveEnding } from '#streams/exports/archive/archive-ending'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import { bytesOf } from '#streams/exports/bytes-of'
import {
  archiveKey,
  endingKey,
  failuresPrefix,
  segmentIndexKey,
  segmentKey,
} from '#streams/exports/export-objects'
import { exhausted, objectStore, performed, present, stepRetry } from '#streams/exports/step'

const name = 'export-packer'

/** Indexes of pieces that are read side by side. */
const readAtOnce = 16

/**
 * Makes one archive of the pieces that lie in the object store, without reading a document again: what is written are the
 * manifest, the file of errors and the directory, made of the indexes of the pieces.
 */
export const exportPacker = ({ objects }: { readonly objects: ObjectStore }) =>
  defineTask({
    name,
    input: topics.exportPackings,
    outputs: [topics.exportFacts],
    orderBy: ({ export_id }) => export_id,
    partyOf: objectStore,
    concurrency: 2,
    timeoutMs: 30 * 60_000,
    retry: stepRetry,

    run: (packing, { now, signal }) =>
      performed(name, packing, now, async () => {
        const { export_id, chunks } = packing
        const ending = endingKey(export_id)
        await objects.put(ending, archiveEnding(termsOf(packing, objects)), { signal })
        const segments = numbersTo(chunks).map((chunk) => ({ key: segmentKey(export_id, chunk) }))
        const parts: readonly ObjectPart[] = [...segments, { key: ending }]
        const options = { contentType: 'application/zip', signal }
        const { key, bytes, sha256 } = await objects.compose(archiveKey(export_id), parts, options)
        return [{ type: 'Packed', packed: { key, bytes, sha256 } }]
      }),

    onExhausted: async (packing, { now, reason }) => exhausted(name, packing, now, reason),
  })

const numbersTo = (until: number) => Array.from({ length: until }, (_, number) => number)

function termsOf(packing: ExportPacking, objects: ObjectStore) {
  const { export_id, chunks, as_of: asOf, csv_sha256: sourceSha256 } = packing
  const { template, language, records, failed } = packing
  const indexOf = async (chunk: number) => {
    const found = await objects.get(segmentIndexKey(export_id, chunk))
    return bytesOf(present(found, 'the index of a piece of the archive').body)
  }
  async function* indexes() {
    const numbers = numbersTo(chunks)
    for (let from = 0; from < chunks; from += readAtOnce) {
      yield* await Promise.all(numbers.slice(from, from + readAtOnce).map(indexOf))
    }
  }
  async function* missing() {
    for await (const { key } of objects.list(failuresPrefix(export_id))) {
      const found = present(await objects.get(key), 'what has no document')
      yield* JSON.parse((await bytesOf(found.body)).toString()) as readonly FailedDocument[]
    }
  }
  const content = { asOf, template, language, sourceSha256, records, failed }
  return { content, stamp: zipStampOf(new Date(instantOf(asOf))), indexes, missing }
}
