import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { movementSources } from '#apps/platform/movements/movement-sources'
import { absentStore } from '#apps/platform/object-store/absent-store'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { pinnedTemplates } from '#apps/platform/pinned-templates'
import { printingPool } from '#apps/platform/printing-pool'
import { parsed } from '#apps/platform/settings'
import type { ObjectStore } from '#ports/object-store'
import type { ExportPorts } from '#streams/exports/export-ports'

type Environment = Readonly<Record<string, string | undefined>>

const Settings = z.object({
  OBJECT_STORE_FOLDER: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.string().optional(),
  CORRENTE_PRINTING_THREADS: z.coerce.number().int().min(1).max(64).optional(),
})

export interface OpenedExportPorts extends ExportPorts {
  /** The store that is named; undefined where none is. */
  readonly store: ObjectStore | undefined
  close(): Promise<void>
}

/**
 * What the units of exports reach the world through. An installation that exports nothing names no store and no source:
 * a request that comes nevertheless fails, or waits, and says why. Throws SettingsError.
 */
export async function openExportPorts(env: Environment): Promise<OpenedExportPorts> {
  const given = parsed(Settings, env)
  const { of: movementsOf } = movementSources(env)
  const isNamed = [given.OBJECT_STORE_FOLDER, given.S3_BUCKET, given.S3_ENDPOINT].some(Boolean)
  const store = isNamed ? (await openObjectStore(env)).store : undefined
  const objects = store ?? absentStore
  const threads = given.CORRENTE_PRINTING_THREADS ?? othersThanMain()
  const printer = printingPool({ threads })
  return {
    store,
    objects,
    printer,
    movementsOf,
    templateOf: pinnedTemplates(objects),
    async close() {
      await printer.close()
      await objects.close()
    },
  }
}

/** The first thread of a process is at work while others print. */
const othersThanMain = () => Math.max(1, availableParallelism() - 1)
