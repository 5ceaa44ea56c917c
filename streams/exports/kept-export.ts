import { type Emission, to, type Wake, wakeAt } from '#core/processor'
import type { ExportCurrent, ExportFact, ExportRow, KeptExport } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import type { EmittedOf } from '#schemas/topic'
import { formatDateTime } from '#schemas/values/date-time'

export type FactOf<Type extends ExportFact['type']> = Extract<ExportFact, { readonly type: Type }>

/** Rows of the keeper, by key. */
export interface Rows {
  get(id: string): ExportRow | undefined
}

type Written =
  | typeof topics.exportRows
  | typeof topics.exportsCurrent
  | typeof topics.exportsRequested
  | typeof topics.exportExtractions
  | typeof topics.exportSplittings
  | typeof topics.pdfJobs
  | typeof topics.exportPackings
  | typeof topics.exportPurgings
  | typeof topics.exportTellings

/** What a fact leads to: rows, what others see, work to be done, and when to look again. */
export type Told = readonly (
  Emission<Written['name']> | Wake<EmittedOf<typeof topics.exportFacts>>
)[]

/** The export in hand, and when it is looked at. */
export interface InHand {
  readonly kept: KeptExport
  readonly now: Date
}

export const contentRowId = (contentKey: string) => `Content/${contentKey}`
export const exportRowId = (exportId: string) => `Export/${exportId}`
export const chunkRowId = (exportId: string, chunk: number) =>
  `Chunk/${exportId}/${String(chunk).padStart(7, '0')}`

/** So long nothing may come from any step before the export is given up, milliseconds. */
export const stallMs = 3_600_000

/** The export with what is new of it: its row, and what everybody sees of it. */
export function changed(
  { kept, now }: InHand,
  {
    current,
    ...rest
  }: Partial<Omit<KeptExport, 'current'>> & {
    readonly current?: Partial<ExportCurrent>
  },
): Told {
  const updated_at = formatDateTime(now)
  const next = { ...kept, ...rest, current: { ...kept.current, ...current, updated_at } }
  const id = exportRowId(next.current.export_id)
  return [
    to(topics.exportRows, { id, kind: 'Export', export: next }),
    to(topics.exportsCurrent, next.current),
  ]
}

const about = ({ kept, now }: InHand) => ({
  content_key: kept.current.content_key,
  export_id: kept.current.export_id,
  occurred_at: formatDateTime(now),
})

/** Looks at the export again when its time is over, or that of what is kept of its end. */
export const expiryDue = (inHand: InHand, instant: Date) =>
  wakeAt(instant, { ...about(inHand), type: 'ExpiryDue' as const })

/** Looks again whether anything came of the export. */
export const stallDue = (inHand: InHand, instant: Date) =>
  wakeAt(instant, { ...about(inHand), type: 'StallDue' as const })

export const lifetimeMs = ({ current }: KeptExport) => current.terms.lifetime_minutes * 60_000

export const purging = ({ kept }: InHand) => {
  const { content_key, export_id } = kept.current
  return to(topics.exportPurgings, { content_key, export_id })
}
