import { defineTask } from '#core/processor'
import type { ChunkPrinter, PrintedChunk } from '#ports/chunk-printer'
import type { ObjectStore } from '#ports/object-store'
import type { TemplateOf } from '#ports/pinned-templates'
import type { PdfJob } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { bytesOf } from '#streams/exports/bytes-of'
import { failuresKey, segmentIndexKey, segmentKey } from '#streams/exports/export-objects'
import { fromFact } from '#streams/exports/export-splitter'
import { planOf, type PrintingPlan } from '#streams/exports/printing-plan'
import {
  exhausted,
  expectMovements,
  objectStore,
  performed,
  present,
  stepRetry,
} from '#streams/exports/step'

const name = 'export-renderer'

interface Ports {
  readonly templateOf: TemplateOf
  readonly objects: ObjectStore
  readonly printer: ChunkPrinter
}

/** Plans of exports under way that are kept at hand. */
const plansMax = 16

/**
 * Prints a chunk of movements and stores it as a piece of the archive. Printed again it is the same bytes under the same
 * keys. What an export that is over still had waiting is passed by.
 */
export const exportRenderer = ({ templateOf, objects, printer }: Ports) => {
  const planOfJob = plansIn(objects)
  return defineTask({
    name,
    input: topics.pdfJobs,
    outputs: [topics.exportFacts],
    lookups: { exports: topics.exportsCurrent },
    orderBy: ({ job_id }) => job_id,
    partyOf: objectStore,
    concurrency: 4,
    timeoutMs: 5 * 60_000,
    retry: stepRetry,

    async run(job, { lookup, now, signal }) {
      if (lookup.exports.get(job.export_id)?.state !== 'RENDERING') return []
      return performed(name, job, now, async () => {
        const template = await templateOf(job.template, signal)
        const plan = await planOfJob(job)
        const chunk = fromFact(job.chunk)
        const { from, to } = chunk
        const movements = present(await objects.get(job.csv_key, { from, to }), 'the movements')
        const csv = await bytesOf(movements.body)
        expectMovements(movements.object, job.csv_sha256)
        const { language, as_of: asOf } = job
        const asked = { template, language, plan, chunk, csv, asOf }
        return printer.print(asked, signal, async (printed) => {
          await stored(objects, job, printed, signal)
          return [{ type: 'ChunkRendered', chunk_rendered: factOf(chunk.number, printed) }] as const
        })
      })
    },

    onExhausted: async (job, { now, reason }) => exhausted(name, job, now, reason),
  })
}

const factOf = (number: number, { segment, rendered, failed }: PrintedChunk) => ({
  number,
  rendered,
  failed: failed.length,
  bytes: segment.length,
  first_failure: failed[0]?.code ?? null,
})

async function stored(
  objects: ObjectStore,
  { export_id, chunk: { number } }: PdfJob,
  { segment, index, failed }: PrintedChunk,
  signal: AbortSignal,
): Promise<void> {
  await objects.put(segmentKey(export_id, number), segment, { signal })
  await objects.put(segmentIndexKey(export_id, number), index, { signal })
  if (failed.length === 0) return
  const failures = Buffer.from(JSON.stringify(failed))
  await objects.put(failuresKey(export_id, number), failures, { signal })
}

// A plan is that of one file of movements: an export that is made again under its id has another one.
function plansIn(objects: ObjectStore): (job: PdfJob) => Promise<PrintingPlan> {
  const plans = new Map<string, PrintingPlan>()
  return async ({ plan_key, csv_sha256 }) => {
    const id = `${plan_key}:${csv_sha256}`
    const known = plans.get(id)
    if (known !== undefined) return known
    const found = present(await objects.get(plan_key), 'the plan of the export')
    const plan = planOf(await bytesOf(found.body))
    const [oldest] = plans.keys()
    if (plans.size >= plansMax && oldest !== undefined) plans.delete(oldest)
    plans.set(id, plan)
    return plan
  }
}
