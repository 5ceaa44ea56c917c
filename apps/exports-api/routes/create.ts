import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import {
  ask,
  type Desk,
  expectTenant,
  overProblem,
  portsOf,
  statusUrlOf,
} from '#apps/exports-api/desk'
import { holderIn } from '#apps/exports-api/holders'
import { catchUp, findExport, type FoundExport } from '#apps/exports-api/known/find-export'
import { idempotencyKeyIn, requestIdOf } from '#apps/exports-api/reading/idempotency-key'
import { notifyOf } from '#apps/exports-api/reading/notify'
import { wantedIn, type WantedTerms } from '#apps/exports-api/reading/wanted'
import { refusal } from '#apps/exports-api/refusal'
import { within } from '#apps/platform/deadline'
import { requestIdOf as httpRequestIdOf } from '#apps/platform/http-answers'
import { RejectedError, TransientError } from '#core/errors'
import type { ExportNotify } from '#schemas/generated/types'

const sourceMsMax = 10_000
const storeMsMax = 10_000

/** `POST /exports`: an export is asked for; 202 once the request is on the log. */
export const create =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const holder = holderIn(response)
    const { terms: wanted, notify: told } = wantedIn(request.body)
    const { tenant_id } = wanted
    expectTenant(holder, tenant_id)
    const key = idempotencyKeyIn(request.headers)
    const request_id = key === undefined ? randomUUID() : requestIdOf(tenant_id, key)
    const notify = notifyOf(desk.notifying, { tenant_id, request_id }, told)
    const asked = { request_id, wanted, notify }
    portsOf(desk)
    const isRepeat = key !== undefined && (await isAsked(desk, asked))
    if (!isRepeat) {
      const data_version = await versionOf(desk, wanted)
      const terms = { ...wanted, template: await pinOf(desk, wanted), data_version }
      const create = { requested_by: holder.name, terms, notify }
      await ask(desk, { request_id, type: 'Create', create })
      desk.log.info(
        {
          request_id: httpRequestIdOf(response),
          export_request_id: request_id,
          tenant_id,
          holder: holder.name,
        },
        'export requested',
      )
      // Of two that came at once with one key, the log says which was the first.
      if (key !== undefined) await isAsked(desk, asked)
    }
    const status_url = statusUrlOf(request_id)
    response.status(202).location(status_url)
    if (isRepeat) response.set('idempotent-replayed', 'true')
    response.json({ request_id, status_url })
  }

interface Asked {
  readonly request_id: string
  readonly wanted: WantedTerms
  readonly notify: ExportNotify | null
}

/** Whether this very thing was asked for under this id. Problem 409 where something else was, 410 where it is over. */
async function isAsked(desk: Desk, asked: Asked): Promise<boolean> {
  const { tables } = portsOf(desk)
  await catchUp(tables)
  const found = findExport(tables, asked.request_id)
  if (!found) return false
  if (found.kind === 'over') throw overProblem()
  if (isSame(found, asked.wanted) && tellsTheSame(found, asked.notify)) return true
  throw refusal(409, {
    code: 'other-request',
    detail: 'this Idempotency-Key was given to another request: ask for this one with another key',
  })
}

function isSame(found: FoundExport, wanted: WantedTerms): boolean {
  const { lifetime_minutes, template, ...content } = wanted
  const asked = termsOf(found)
  if (!asked) return true
  // An export that several requests share lives as long as the first of them wanted.
  const isSameLife = !found.askedTerms || asked.lifetime_minutes === lifetime_minutes
  const names = Object.keys(content) as (keyof typeof content)[]
  // Asked for by its name alone, it was pinned to the version of that moment.
  const isSameTemplate =
    asked.template === template || asked.template?.split('@')[0] === (template ?? undefined)
  return isSameLife && isSameTemplate && names.every((name) => asked[name] === content[name])
}

// Who is told is known as long as the request itself is, and of no other one that shares its export.
function tellsTheSame({ askedTerms, askedNotify }: FoundExport, notify: ExportNotify | null) {
  if (!askedTerms) return true
  const membersOf = (one: ExportNotify | null | undefined) =>
    JSON.stringify(one ? [one.email, one.webhook, one.language] : null)
  return membersOf(askedNotify) === membersOf(notify)
}

const termsOf = (found: FoundExport) =>
  found.askedTerms ?? (found.kind === 'kept' ? found.current.terms : undefined)

/** The version that the documents are made by, for the whole batch. Problem 422 where new requests get none. */
async function pinOf({ pinTemplate }: Desk, { template }: WantedTerms): Promise<string | null> {
  if (template === null) return null
  const late = () => new TransientError('the object store does not answer in time')
  const pinned = await within(storeMsMax, pinTemplate(template), late)
  if ('pin' in pinned) return pinned.pin
  const { why, known } = pinned
  throw refusal(422, {
    code: why === 'none' ? 'no-such-template' : 'withdrawn-template',
    detail: `${refusedTemplate[why]}; those there are: ${known.join(', ')}`,
    pointer: '/template',
    known,
  })
}

const refusedTemplate = {
  none: 'there is no such template',
  withdrawn: 'the template was withdrawn',
} as const

/** How the source names the state its movements are in now. */
async function versionOf({ sources }: Desk, wanted: WantedTerms): Promise<string | null> {
  const movements = sources.of(wanted.source)
  if (!movements) {
    throw refusal(422, {
      code: 'no-such-source',
      detail: `there is no such source; those there are: ${sources.names.join(', ')}`,
      pointer: '/source',
      known: sources.names,
    })
  }
  const { tenant_id: tenantId, batch_id: batchId, filter } = wanted
  const late = () => new TransientError('the source of movements does not answer in time')
  const ending = new AbortController()
  try {
    const asked = movements.versionOf({ tenantId, batchId, filter }, ending.signal)
    return await within(sourceMsMax, asked, late)
  } catch (error) {
    if (!(error instanceof RejectedError) || error.code !== 'no-batch') throw error
    throw refusal(404, {
      code: 'no-such-batch',
      detail: `the source ${wanted.source} has no such batch of this tenant`,
      pointer: '/batch_id',
    })
  } finally {
    ending.abort()
  }
}
