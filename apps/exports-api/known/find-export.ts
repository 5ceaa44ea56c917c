import type { AskedExport, AskedExports } from '#apps/exports-api/known/asked-exports'
import type { NotedRows } from '#apps/exports-api/known/noted-rows'
import { within } from '#apps/platform/deadline'
import { TransientError } from '#core/errors'
import type {
  ExportCurrent,
  ExportNotify,
  ExportTerms,
  RequestedExport,
} from '#schemas/generated/types'

/** What is known of exports. */
export interface ExportTables {
  /** What was asked for, whether anybody has decided it or not. */
  readonly asked: Pick<AskedExports, 'get' | 'of'>
  /** Which export a request led to. */
  readonly requested: Pick<NotedRows, 'get' | 'where' | 'isGone'>
  /** Exports as they are now. */
  readonly current: Pick<NotedRows, 'get'>
  /** Resolves once all that was written before this call is in. */
  refresh(): Promise<void>
}

interface Request {
  readonly request_id: string
  readonly tenant_id: string
  readonly requested_by: string
  readonly requested_at: string
  /** As it was asked for; undefined where that was too long ago. */
  readonly askedTerms: ExportTerms | undefined
  /** Who is told what comes of it, as it was asked for. */
  readonly askedNotify?: ExportNotify | null | undefined
}

/** A request and what became of it. */
export type FoundExport =
  /** Nobody has decided it yet. */
  | (Request & { readonly kind: 'asked'; readonly askedTerms: ExportTerms })
  | (Request & { readonly kind: 'kept'; readonly current: ExportCurrent })
  /** Its time is over, and nothing is kept of it. */
  | (Request & { readonly kind: 'over' })

const upToDateMsMax = 2_000

/** Brings the tables up to date. TransientError where they are not in time: what they say would be a guess. */
export async function catchUp({ refresh }: Pick<ExportTables, 'refresh'>): Promise<void> {
  const late = () => new TransientError('the tables of exports are not up to date yet')
  try {
    await within(upToDateMsMax, refresh(), late)
  } catch (error) {
    if (error instanceof TransientError) throw error
    throw new TransientError(`the tables of exports cannot be read: ${(error as Error).message}`)
  }
}

/** A request, as the tables have it now; undefined where nobody made it, or long ago. */
export function findExport(tables: ExportTables, requestId: string): FoundExport | undefined {
  const asked = tables.asked.get(requestId)
  const row = tables.requested.get(requestId)?.value as RequestedExport | undefined
  if (row) {
    const { export_id: _, ...request } = row
    const current = currentOf(tables, row)
    const known = { ...request, askedTerms: asked?.terms, askedNotify: asked?.notify }
    if (current) return { ...known, kind: 'kept', current }
  }
  if (!asked) return undefined
  return tables.requested.isGone(requestId)
    ? { ...ofAsked(asked), kind: 'over' }
    : { ...ofAsked(asked), kind: 'asked' }
}

/** The requests of a tenant, in no order, with when they were made; those whose time is over are left out. */
export function requestsOf(
  { requested, asked }: ExportTables,
  tenantId: string,
): readonly Pick<FoundExport, 'request_id' | 'requested_at'>[] {
  const rows = requested.where('tenant_id', tenantId)
  const decided = rows.map(({ value }) => value as unknown as RequestedExport)
  const ids = new Set(decided.map(({ request_id }) => request_id))
  const waiting = asked
    .of(tenantId)
    .filter(({ request_id }) => !ids.has(request_id) && !requested.isGone(request_id))
  return [...decided, ...waiting]
}

// One transaction, two topics: a reader may see the end of the one before that of the other.
const currentOf = (tables: ExportTables, { export_id }: RequestedExport) =>
  tables.current.get(export_id)?.value as ExportCurrent | undefined

const ofAsked = ({ terms, notify, ...asked }: AskedExport) => ({
  ...asked,
  tenant_id: terms.tenant_id,
  askedTerms: terms,
  askedNotify: notify,
})
