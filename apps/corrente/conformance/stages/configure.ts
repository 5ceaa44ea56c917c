import { randomUUID } from 'node:crypto'
import type { Exchange, ExchangeName } from '#apps/corrente/conformance/observed'
import {
  hasStatus,
  isActive,
  isDone,
  isEarly,
  isUnauthorised,
} from '#apps/corrente/conformance/stages/api-answers'
import { awaited, noted, repeatMs, type TrialDesk } from '#apps/corrente/conformance/stages/desk'
import { ask, type Asked } from '#apps/corrente/conformance/web'

/** What was configured, and what the events of the run need of it. */
export interface Configured {
  /** Why payments cannot be tried; undefined where they can. */
  readonly refusal: string | undefined
  /** A service that was made inactive. */
  readonly inactiveServiceId: string | undefined
}

/** A configuration that somebody uses would be replaced. */
export class InUseError extends Error {
  override name = 'InUseError'
}

/** Writes until it is taken or refused, a new request each time; notes the last answer. */
async function saved(desk: TrialDesk, name: ExchangeName, next: () => Asked): Promise<Exchange> {
  let last: Exchange | undefined
  await awaited(
    desk,
    async () => {
      last = await ask(next(), desk.signal)
      return isEarly(last) ? undefined : last
    },
    { pauseMs: repeatMs },
  )
  if (desk.plan.token === undefined && isUnauthorised(last!)) {
    desk.notebook.untried(noToken, [name])
    return last!
  }
  return desk.notebook.exchange(name, last!)
}

/**
 * Configures the body and the service of the run as an administrator's page does, and tries the rest of the
 * configuration API. Throws InUseError where what would be replaced is active already.
 */
export async function configure(desk: TrialDesk): Promise<Configured> {
  const { plan, notebook, report } = desk
  report(`configuring a body and a service at ${plan.proxy}`)
  await askEndpoints(desk)
  const forms = {
    tenant: await noted(desk, 'tenant-form', { url: `${plan.proxy}/tenants/schema` }),
    service: await noted(desk, 'service-form', { url: `${plan.proxy}/services/schema` }),
  }
  const [hasTenant, hasService] = [!hasStatus(forms.tenant, 404), !hasStatus(forms.service, 404)]
  if (hasTenant) await configureTenant(desk)
  else notebook.untried(nothing('tenant'), tenantSteps)
  if (hasService) await configureService(desk)
  else notebook.untried(nothing('service'), serviceSteps)
  const inactiveServiceId = hasService ? await tryDelete(desk) : undefined
  const refusal =
    (await refusalOf(desk, hasTenant, 'tenants')) ?? (await refusalOf(desk, hasService, 'services'))
  return { refusal, inactiveServiceId }
}

const nothing = (level: string) => `its form is answered 404: nothing to configure for a ${level}`
const noToken = 'no token was given, and the configuration API asks for one'

const tenantSteps = [
  'tenant-before',
  'tenant-without-token',
  'tenant-put',
  'tenant-read',
  'tenant-put-again',
  'preflight',
  'read-from-page',
] as const
const serviceSteps = [
  'service-put',
  'service-read',
  'service-post',
  'service-delete',
  'service-read-deleted',
] as const

/** They are at the root of the proxy, which the base of its API need not be. */
async function askEndpoints(desk: TrialDesk): Promise<void> {
  const { proxy } = desk.plan
  for (const name of ['status', 'metrics'] as const) {
    const found = await noted(desk, name, { url: `${proxy}/${name}` })
    if (!hasStatus(found, 404)) continue
    await noted(desk, name, { url: `${new URL(proxy).origin}/${name}` })
  }
}

async function configureTenant(desk: TrialDesk): Promise<void> {
  const { plan, notebook } = desk
  const { token, origin, tenant } = plan
  const url = `${plan.proxy}/tenants/${tenant.id}`
  const before = await noted(desk, 'tenant-before', { url })
  if (isActive(before) && token !== undefined) {
    throw new InUseError(
      `tenant ${tenant.id} is configured at ${plan.proxy} already, and would be replaced: ` +
        'give the id of a tenant that nobody uses, or make it inactive first',
    )
  }
  const put = { method: 'PUT', url, body: tenant } as const
  if (!isActive(before)) notebook.configured.add(`tenants/${tenant.id}`)
  const open = isActive(before) ? undefined : await noted(desk, 'tenant-without-token', put)
  if (!open) notebook.untried('the tenant is in use', ['tenant-without-token'])
  if (token !== undefined) await saved(desk, 'tenant-put', () => ({ ...put, token }))
  else if (open && isDone(open)) notebook.exchange('tenant-put', open)
  else notebook.untried(noToken, ['tenant-put', 'tenant-put-again'])
  await noted(desk, 'tenant-read', { url })
  if (token !== undefined) await saved(desk, 'tenant-put-again', () => ({ ...put, token }))
  if (origin === undefined) {
    return notebook.untried('no --origin was given', ['preflight', 'read-from-page'])
  }
  await noted(desk, 'read-from-page', { url: `${plan.proxy}/tenants/schema`, origin })
  await noted(desk, 'preflight', {
    method: 'OPTIONS',
    url,
    origin,
    headers: {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
}

/** Without a token it is tried all the same: a proxy may ask for none. */
async function configureService(desk: TrialDesk): Promise<void> {
  const { plan } = desk
  const { token, service } = plan
  const url = `${plan.proxy}/services/${service.id}`
  const before = await ask({ url }, desk.signal)
  if (isActive(before)) {
    if (token === undefined) desk.notebook.untried(noToken, ['service-put'])
    else throw new InUseError(`service ${service.id} is configured at ${plan.proxy} already`)
  } else {
    desk.notebook.configured.add(`services/${service.id}`)
    await saved(desk, 'service-put', () => ({ method: 'PUT', url, body: service, token }))
  }
  await noted(desk, 'service-read', { url })
}

/** Inserts another service by POST, and deletes it: its id, where it is inactive then. */
async function tryDelete(desk: TrialDesk): Promise<string | undefined> {
  const { plan, notebook } = desk
  const { token } = plan
  const ids: string[] = []
  // What was not answered may be there all the same, and would be refused the second time.
  const posted = await saved(desk, 'service-post', () => {
    ids.unshift(randomUUID())
    const body = { ...plan.service, id: ids[0] }
    return { method: 'POST', url: `${plan.proxy}/services`, token, body }
  })
  for (const id of ids) notebook.configured.add(`services/${id}`)
  if (!isDone(posted)) {
    notebook.untried('no other service could be inserted', [
      'service-delete',
      'service-read-deleted',
      'service-inactive',
    ])
    return undefined
  }
  const [id] = ids
  const url = `${plan.proxy}/services/${id}`
  const deleted = await saved(desk, 'service-delete', () => ({ method: 'DELETE', url, token }))
  await noted(desk, 'service-read-deleted', { url })
  if (isDone(deleted)) return id
  notebook.untried('the other service could not be made inactive', ['service-inactive'])
  return undefined
}

/** Why no payment of the run would be taken. */
async function refusalOf(
  { plan, signal }: TrialDesk,
  isNeeded: boolean,
  plural: 'tenants' | 'services',
): Promise<string | undefined> {
  if (!isNeeded) return undefined
  const { id } = plural === 'tenants' ? plan.tenant : plan.service
  const read = await ask({ url: `${plan.proxy}/${plural}/${id}` }, signal)
  return isActive(read) ? undefined : `${plural}/${id} is not configured at the proxy`
}
