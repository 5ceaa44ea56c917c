import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { change, type Change, type Changed } from '#apps/payment-proxy/configuration/change'
import { secretsOf } from '#apps/payment-proxy/configuration/compose'
import {
  type ConfigurationDesk,
  type CurrentConfiguration,
  currentConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { etagOf, preconditionsOf } from '#apps/payment-proxy/configuration/etag'
import { bodyOf, mergePatch, withoutBlanks } from '#apps/payment-proxy/configuration/read-body'
import { idOf } from '#apps/payment-proxy/path-id'
import { Problem } from '#apps/platform/problem'
import { parseUuid } from '#schemas/values/uuid'
import { masked } from '#streams/payments/masked-configuration'

/** Answers one request about configurations of a level. */
export type Answer = (
  desk: ConfigurationDesk,
  request: Request,
  response: Response,
) => Promise<void>

/** The levels as they are named in paths. */
export const plurals = { TENANT: 'tenants', SERVICE: 'services' } as const

const asked = (request: Request, response: Response): Omit<Change, 'wanted'> => ({
  id: idOf(request.params['id']),
  bearer: response.locals['bearer'] as Change['bearer'],
  preconditions: preconditionsOf(request),
})

/** The configuration as it is. */
export const show: Answer = async (desk, request, response) => {
  const id = idOf(request.params['id'])
  const current = await currentConfiguration(desk, id)
  if (!current) throw neverConfigured(desk, id)
  tell(desk, current, response)
}

/** A first save and a later one alike. */
export const replace: Answer = async (desk, request, response) => {
  const given = withoutBlanks(bodyOf(request.body))
  tellChanged(
    desk,
    await change(desk, { ...asked(request, response), wanted: () => ({ given }) }),
    response,
  )
}

/** What the patch says, of what is there. */
export const merge: Answer = async (desk, request, response) => {
  const patch = bodyOf(request.body)
  const { id, ...rest } = asked(request, response)
  const wanted: Change['wanted'] = (current) => {
    if (!current) throw neverConfigured(desk, id)
    const given = bodyOf(mergePatch(shown(desk, current), patch))
    const kept = Object.entries(current.config).filter(([name]) => patch[name] !== null)
    return {
      given: withoutBlanks(given),
      keptOf: { ...current, config: { id, ...Object.fromEntries(kept) } },
    }
  }
  tellChanged(desk, await change(desk, { id, ...rest, wanted }), response)
}

/** One that is not there yet. */
export const create: Answer = async (desk, request, response) => {
  const body = withoutBlanks(bodyOf(request.body))
  const id = body['id'] === undefined ? randomUUID() : givenId(body['id'])
  const bearer = response.locals['bearer'] as Change['bearer']
  const wanted: Change['wanted'] = (current) => {
    if (current)
      throw new Problem(409, 'it is configured already: PUT replaces it, PATCH changes it')
    return { given: body }
  }
  const preconditions = { ifMatch: undefined, ifNoneMatch: undefined }
  tellChanged(desk, await change(desk, { id, bearer, preconditions, wanted }), response)
}

/** Takes no more payments; what is there is kept, also for those that are open. */
export const remove: Answer = async (desk, request, response) => {
  const { id, ...rest } = asked(request, response)
  const wanted: Change['wanted'] = (current) => {
    if (!current) throw neverConfigured(desk, id)
    // Not held against the form: it may have changed since, and off is off.
    return current.active ? { made: { config: current.config, active: false } } : undefined
  }
  const { current } = await change(desk, { id, ...rest, wanted })
  response.status(204).set('etag', etagOf(current.version)).end()
}

function givenId(id: unknown): string {
  try {
    return parseUuid(id)
  } catch {
    const errors = [{ pointer: '/id', detail: 'is not a UUID' }]
    throw new Problem(422, '/id is not a UUID', { members: { pointer: '/id', errors } })
  }
}

const neverConfigured = ({ connector }: ConfigurationDesk, id: string): Problem =>
  new Problem(404, `${connector.name} has no configuration of ${id} yet`)

/** The members of the form, secrets masked, and whether payments are taken. */
const shown = (desk: ConfigurationDesk, { config, active }: CurrentConfiguration) => ({
  ...masked(config, secretsOf(desk)),
  active,
})

function tell(desk: ConfigurationDesk, current: CurrentConfiguration, response: Response): void {
  response.set('etag', etagOf(current.version)).json(shown(desk, current))
}

function tellChanged(
  desk: ConfigurationDesk,
  { current, isNew }: Changed,
  response: Response,
): void {
  const { log, requestId, connector, level } = desk
  const { id } = current.config
  const { tenant_id, version, active } = current
  log.info(
    { request_id: requestId, connector: connector.name, level, id, tenant_id, version, active },
    'configuration changed',
  )
  if (isNew) response.status(201).location(`/${connector.name}/${plurals[level]}/${String(id)}`)
  tell(desk, current, response)
}
