import { RejectedError } from '#core/errors'
import { defineTask } from '#core/processor'
import type { MovementsOf } from '#ports/movements'
import type { ObjectStore } from '#ports/object-store'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { csvForPeople } from '#streams/exports/csv/csv-for-people'
import { movementsKey } from '#streams/exports/export-objects'
import { exhausted, performed, stepRetry } from '#streams/exports/step'

const name = 'export-extractor'

interface Ports {
  readonly movementsOf: MovementsOf
  readonly objects: ObjectStore
}

/** Reads the movements of an export, as they are at one instant, into one file of the object store. */
export const exportExtractor = ({ movementsOf, objects }: Ports) =>
  defineTask({
    name,
    input: topics.exportExtractions,
    outputs: [topics.exportFacts],
    orderBy: ({ export_id }) => export_id,
    partyOf: ({ terms }) => terms.source,
    concurrency: 4,
    timeoutMs: 30 * 60_000,
    retry: stepRetry,

    run: (extraction, { now, signal }) =>
      performed(name, extraction, now, async () => {
        const { export_id, terms } = extraction
        const movements = movementsOf(terms.source)
        if (movements === undefined) {
          const message = `no source of movements is configured as ${terms.source}`
          throw new RejectedError('no-source', message)
        }
        const { tenant_id: tenantId, batch_id: batchId, filter } = terms
        const ending = new AbortController()
        const reading = AbortSignal.any([signal, ending.signal])
        try {
          const { asOf, csv } = await movements.read({ tenantId, batchId, filter }, reading)
          const options = { contentType: 'text/csv; charset=utf-8', signal }
          // Documents are made of what was read; a CSV that is asked for is opened by people.
          const file = terms.output === 'CSV' ? csvForPeople(csv) : csv
          const { key, bytes, sha256 } = await objects.put(movementsKey(export_id), file, options)
          const extracted = { key, bytes, sha256, as_of: formatDateTime(asOf) }
          return [{ type: 'Extracted', extracted }]
        } finally {
          // A store that fails may not have begun to read.
          ending.abort()
        }
      }),

    onExhausted: async (extraction, { now, reason }) => exhausted(name, extraction, now, reason),
  })
