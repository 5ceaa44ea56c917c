import type { RequestHandler } from 'express'
import { type Desk, expectTenant, portsOf } from '#apps/exports-api/desk'
import { holderIn, isTenantId } from '#apps/exports-api/holders'
import {
  catchUp,
  findExport,
  type FoundExport,
  requestsOf,
} from '#apps/exports-api/known/find-export'
import { cursorOf, type Place, placeIn } from '#apps/exports-api/routes/cursor'
import { memberError } from '#apps/exports-api/refusal'
import { viewOf } from '#apps/exports-api/view/export-view'
import { instantOf } from '#schemas/values/date-time'

/** `GET /exports?tenant_id=…`: the requests of a tenant, the newest first. */
export const list =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const { tenant_id: tenantId } = request.query
    if (typeof tenantId !== 'string' || !isTenantId(tenantId)) {
      throw memberError('tenant_id', 'must say whose requests')
    }
    expectTenant(holderIn(response), tenantId)
    const { count, place } = placeIn(request.query)
    const { tables } = portsOf(desk)
    await catchUp(tables)
    const behind = requestsOf(tables, tenantId)
      .map(placeOf)
      .filter((one) => !place || isBehind(one, place))
      .sort((one, other) => (isBehind(one, other) ? 1 : -1))
    const page = behind.slice(0, count)
    const last = behind.length > count ? page.at(-1) : undefined
    const now = desk.now()
    const items = page.flatMap(({ requestId }) => {
      const found = findExport(tables, requestId)
      return found && found.kind !== 'over' ? viewOf(found, now) : []
    })
    response.json({ items, ...(last ? { next_cursor: cursorOf(last) } : {}) })
  }

const placeOf = ({
  request_id,
  requested_at,
}: Pick<FoundExport, 'request_id' | 'requested_at'>): Place => ({
  atMs: instantOf(requested_at),
  requestId: request_id,
})

/** Whether one comes behind another where the newest are first. */
const isBehind = (one: Place, other: Place): boolean =>
  one.atMs === other.atMs ? one.requestId > other.requestId : one.atMs < other.atMs
