import type { ExportSettings } from '#apps/platform/export-settings'
import { csvFolder } from '#apps/platform/movements/csv-folder'
import { openObjectStore } from '#apps/platform/open-object-store'
import { pinnedTemplates } from '#apps/platform/pinned-templates'
import { printingPool } from '#apps/platform/printing-pool'
import type { MovementsOf } from '#ports/movements'
import type { ExportPorts } from '#streams/exports/export-ports'

/** The sources of movements that an installation has, by name. */
export function movementsOf({ CORRENTE_MOVEMENTS_DIR: folder }: ExportSettings): MovementsOf {
  const sources = new Map(folder === undefined ? [] : [['csv', csvFolder(folder)]])
  return (name) => sources.get(name)
}

/** What the units of exports reach the world through. */
export function openExportPorts(
  settings: ExportSettings,
): ExportPorts & { close(): Promise<void> } {
  const objects = openObjectStore(settings)
  const printer = printingPool({ threads: settings.CORRENTE_PRINTING_THREADS })
  return {
    objects,
    printer,
    movementsOf: movementsOf(settings),
    templateOf: pinnedTemplates(objects),
    async close() {
      await printer.close()
      await objects.close()
    },
  }
}
