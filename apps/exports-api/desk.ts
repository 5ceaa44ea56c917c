import type { Response } from 'express'
import { type Holder, holderIn } from '#apps/exports-api/holders'
import {
  catchUp,
  type ExportTables,
  findExport,
  type FoundExport,
} from '#apps/exports-api/known/find-export'
import type { Listeners } from '#apps/exports-api/known/listeners'
import type { Notifying } from '#apps/exports-api/reading/notify'
import { refusal } from '#apps/exports-api/refusal'
import type { KnownExport } from '#apps/exports-api/view/export-view'
import { within } from '#apps/platform/deadline'
import type { PinTemplate } from '#apps/platform/pin-template'
import { tryLater } from '#apps/platform/problem'
import { TransientError } from '#core/errors'
import type { Log } from '#core/log'
import type { Publisher } from '#core/publisher'
import type { MovementsOf } from '#ports/movements'
import type { ObjectStore } from '#ports/object-store'
import type { ExportRequest } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { exportRequests } from '#schemas/topics'
import { parseUuid } from '#schemas/values/uuid'

/** What the routes work with once the tables are read. */
export interface ExportsPorts {
  readonly tables: ExportTables
  readonly publisher: Pick<Publisher, 'publish'>
}

/** Where movements are read from, and what the sources are called. */
export interface Sources {
  readonly names: readonly string[]
  readonly of: MovementsOf
}

/** What the routes work with. */
export interface Desk {
  /** Undefined until the tables are read. */
  readonly ports: () => ExportsPorts | undefined
  readonly sources: Sources
  readonly store: Pick<ObjectStore, 'signGet'>
  readonly pinTemplate: PinTemplate
  readonly notifying: Notifying
  readonly listeners: Listeners
  /** A link leads somewhere for so long at most, milliseconds. */
  readonly linkMs: number
  /** Whoever follows an export hears something at least so often, milliseconds. */
  readonly heartbeatMs: number
  readonly now: () => Date
  readonly log: Log
}

const acknowledgedMsMax = 5_000

/** Problem 503 until the tables are read. */
export function portsOf(desk: Desk): ExportsPorts {
  const ports = desk.ports()
  if (ports) return ports
  throw tryLater('the tables of exports are not read yet')
}

/** Problem 403 where the holder may not see the tenant they name. */
export function expectTenant(holder: Holder, tenantId: string): void {
  if (holder.maySee(tenantId)) return
  throw refusal(403, { code: 'other-tenant', detail: 'the token is for other tenants' })
}

const noRequest = () =>
  refusal(404, { code: 'no-such-request', detail: 'there is no such request for an export' })

/** The request's time is over, and nothing is kept of it. */
export const overProblem = () =>
  refusal(410, {
    code: 'over',
    detail: 'the time of this export is over, and nothing is kept of it: ask for another one',
  })

/** The request of an id, as it is now. Problem 404 where there is none the holder may see, 410 where it is over. */
export async function knownExport(
  desk: Desk,
  id: unknown,
  response: Response,
): Promise<KnownExport> {
  const { tables } = portsOf(desk)
  const requestId = requestIdIn(id)
  await catchUp(tables)
  const found = seen(findExport(tables, requestId), holderIn(response))
  if (found.kind === 'over') throw overProblem()
  return found
}

function seen(found: FoundExport | undefined, holder: Holder): FoundExport {
  if (found && holder.maySee(found.tenant_id)) return found
  throw noRequest()
}

function requestIdIn(id: unknown): string {
  try {
    return parseUuid(id)
  } catch {
    throw noRequest()
  }
}

/** Puts a request on the log; resolves once Kafka has it. TransientError where it may not have it. */
export async function ask(desk: Desk, request: Unstamped<ExportRequest>): Promise<void> {
  const { publisher } = portsOf(desk)
  const headers = { 'correlation-id': request.request_id }
  const written = publisher.publish(exportRequests, request, headers)
  const late = () => new TransientError('Kafka has not acknowledged the request in time')
  await within(acknowledgedMsMax, written, late)
}

/** Where a request is asked about. */
export const statusUrlOf = (requestId: string): string => `/exports/${requestId}`
