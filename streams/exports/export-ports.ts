import type { ChunkPrinter } from '#ports/chunk-printer'
import type { MovementsOf } from '#ports/movements'
import type { ObjectStore } from '#ports/object-store'
import type { TemplateOf } from '#ports/pinned-templates'

/** What the units of exports reach the world through. */
export interface ExportPorts {
  readonly movementsOf: MovementsOf
  readonly objects: ObjectStore
  readonly templateOf: TemplateOf
  readonly printer: ChunkPrinter
}
