import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { putMovements } from '#apps/corrente/demo-export/put-movements'
import { openPublisher } from '#core/publisher'
import { newWire } from '#core/wire'
import type { ExportCurrent, ExportTerms } from '#schemas/generated/types'
import { exportRequests } from '#schemas/topics'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import { openLogWatch } from '#tests/log-watch'

const tenant = 'bench'
const readyMsMax = 20 * 60_000

/** Puts receipts where the worker looks for them. */
export const putReceipts = ({ platform }: PaymentsBench, batch: string, receipts: number) =>
  putMovements({ folder: join(platform.folder, 'movements', tenant), batch, receipts, seed: 7 })

export interface MadeExport {
  /** From the request to READY, by the clock of the log. */
  readonly seconds: number
  /** From the last document to READY. */
  readonly packSeconds: number
  readonly sha256: string
}

/** Asks for exports over the log, and sees what becomes of them there. */
export async function openExports({ stack }: PaymentsBench) {
  const { kafka, registry, registryUrl } = stack
  const wire = newWire({ format: 'avro', registry, jsonTopics: [] })
  await wire.prepareWrite([exportRequests])
  const publisher = await openPublisher(kafka, wire, 'bench:1')
  const told = new Map<string, { readonly one: ExportCurrent; readonly atMs: number }[]>()
  const place = { brokers: kafka.brokers, registryUrl }
  const watch = await openLogWatch(place, ['exports.current'], ({ value, timestamp }) => {
    if (!value) return
    const one = value as ExportCurrent
    const { batch_id } = one.terms
    told.set(batch_id, [...(told.get(batch_id) ?? []), { one, atMs: timestamp }])
  })
  const firstIn = (batch: string, ...states: readonly ExportCurrent['state'][]) =>
    told.get(batch)?.find(({ one }) => states.includes(one.state))

  async function made(batch: string): Promise<MadeExport> {
    const askedMs = Date.now()
    const create = { notify: null, requested_by: 'bench', terms: { ...terms, batch_id: batch } }
    await publisher.publish(exportRequests, { request_id: randomUUID(), type: 'Create', create })
    const ended = () => firstIn(batch, 'READY', 'READY_WITH_ERRORS', 'FAILED')
    const { one, atMs } = await watch.until(`the export ${batch}`, ended, readyMsMax)
    if (one.state !== 'READY')
      throw new Error(`the export is ${one.state}: ${one.failure?.message}`)
    const collecting = firstIn(batch, 'COLLECTING')!.atMs
    const packSeconds = (atMs - collecting) / 1_000
    return { seconds: (atMs - askedMs) / 1_000, packSeconds, sha256: one.result!.sha256 }
  }
  return {
    made,
    isPrinting: (batch: string) =>
      watch.until(`${batch} to be printed`, () => firstIn(batch, 'RENDERING'), readyMsMax),
    async close() {
      await publisher.close()
      await watch.close()
    },
  }
}

const terms: ExportTerms = {
  tenant_id: tenant,
  source: 'csv',
  batch_id: '',
  filter: null,
  data_version: null,
  output: 'PDF',
  template: 'receipt@1',
  language: 'es-CO',
  tolerated_failures: 0,
  tolerated_percent: 0,
  lifetime_minutes: 240,
}
