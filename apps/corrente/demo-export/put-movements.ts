import { createWriteStream, existsSync, mkdirSync, renameSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { demoMovements } from '#apps/corrente/demo-export/movements'

/** All files are as of this instant, whenever they are made: the same movements become the same archive. */
const asOf = new Date('2026-01-31T23:00:00Z')

interface Asked {
  /** Where the source looks for the movements of the tenant. */
  readonly folder: string
  readonly batch: string
  readonly receipts: number
  readonly seed: number
}

/** Puts a batch where the source looks for it, whole; one that is there stays as it is. */
export async function putMovements({ folder, batch, receipts, seed }: Asked): Promise<void> {
  const file = join(folder, `${batch}.csv`)
  if (existsSync(file)) return
  mkdirSync(folder, { recursive: true })
  const part = `${file}.part`
  const csv = demoMovements({ batch: 'LOTE-2026-0001', receipts, seed })
  await pipeline(Readable.from(csv), createWriteStream(part))
  utimesSync(part, asOf, asOf)
  renameSync(part, file)
}
