import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
} from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll } from 'vitest'
import { csvFolder } from '#apps/platform/movements/csv-folder'
import { plainCsv, writeCsv } from '#streams/exports/csv/write-csv'
import { holdsAsMovements } from '#tests/contract/movements/movements-contract'
import { columns, type MovementsDriver } from '#tests/contract/movements/movements-driver'

let folder: string
let driver: MovementsDriver
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'movements-contract-'))
  driver = {
    movements: csvFolder(folder),
    takesFilter: false,
    async put({ tenantId, batchId }, movements) {
      const path = join(folder, tenantId, `${batchId}.csv`)
      mkdirSync(dirname(path), { recursive: true })
      await pipeline(writeCsv(columns, movements, plainCsv), createWriteStream(`${path}.part`))
      await rename(`${path}.part`, path)
    },
    held: async () => openFiles().filter((path) => path.startsWith(folder)).length,
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const openFiles = (): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      return [readlinkSync(`/proc/self/fd/${number}`)]
    } catch {
      return []
    }
  })

holdsAsMovements('a folder of files', () => driver)
