import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { print } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import { putMovements } from '#apps/corrente/demo-export/put-movements'
import type { Shown, Stage } from '#apps/corrente/demonstration'
import { downloadExport } from '#apps/corrente/exports/download-export'
import { ExportsClient } from '#apps/corrente/exports/exports-client'
import { watchExport } from '#apps/corrente/exports/watch-export'
import { dataDirOf } from '#apps/corrente/place'
import { secretsOf } from '#apps/corrente/secrets'

export interface ExportOptions {
  readonly receipts: number
  readonly seed: number
}

const tenant = 'demo'

/** Has the same movements exported twice, shows how far it is, fetches both archives and compares them. */
export async function showExport(stage: Stage, options: ExportOptions): Promise<Shown> {
  const { portBase, pidOf, signal } = stage
  const { receipts, seed } = options
  const dataDir = dataDirOf(portBase)
  const client = new ExportsClient(
    addressesOf(portBase).exportsApi,
    secretsOf(dataDir).exportsToken,
  )
  const folder = join(dataDir, 'movements', tenant)
  const archives = join(dataDir, 'archives')
  mkdirSync(archives, { recursive: true })
  const made = async (batch: string) => {
    await putMovements({ folder, batch, receipts, seed })
    print(`${receipts} receipts of ${batch}`)
    const worker = pidOf('worker')
    if (worker !== undefined)
      print(`the worker is process ${worker}; kill it, and see: kill -9 ${worker}`)
    return fetchedExport(client, batch, join(archives, `${batch}.zip`))
  }
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  const both = async () => {
    const one = await made(`lote-${receipts}-${seed}`)
    const other = one && (await made(`lote-${receipts}-${seed}-again`))
    if (!one || !other) return 1
    const isSame = one === other
    print(
      isSame ? `made twice, the same bytes: SHA-256 ${one}` : 'made twice, and the bytes differ',
    )
    return isSame ? 0 : 1
  }
  const code = await Promise.race([both(), aborted])
  return { code, close: async () => undefined }
}

/** The SHA-256 of the archive; undefined where there is none. */
async function fetchedExport(
  client: ExportsClient,
  batch: string,
  out: string,
): Promise<string | undefined> {
  const asked = { tenant_id: tenant, source: 'csv', batch_id: batch, output: 'PDF' }
  const id = await client.request({ ...asked, template: 'receipt@1', language: 'es-CO' })
  if ((await watchExport(client, id, false)) !== 0) {
    const { state, failure } = await client.show(id)
    print(`the export is ${state}${failure ? `: ${failure.message}` : ''}`)
    return undefined
  }
  const download = { client, id, out, isForced: true, onProgress: () => undefined }
  const { file, bytes, sha256 } = await downloadExport(download)
  print(`${file}: ${bytes} bytes, whole; look into it: unzip -l, unzip -t`)
  return sha256
}
