import type { Express } from 'express'
import { assertSpeaksFor, type Bearer } from '#apps/payment-proxy/configuration/bearer'
import {
  askedStep,
  dnsStep,
  failed,
  hostsStep,
  ok,
  skipped,
  type Step,
  type StepName,
  tlsStep,
} from '#apps/payment-proxy/configuration/check-steps'
import { invalid } from '#apps/payment-proxy/configuration/compose'
import { allowOrigins } from '#apps/payment-proxy/configuration/cors'
import {
  type ConfigurationAccess,
  type CurrentConfiguration,
  currentConfiguration,
  knownConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { bodyOf, jsonBody } from '#apps/payment-proxy/configuration/read-body'
import type { Desk } from '#apps/payment-proxy/desk'
import { hostsOf } from '#apps/payment-proxy/onward-page'
import { requestIdOf, serveMethods } from '#apps/platform/http-answers'
import { RejectedError } from '#core/errors'
import type { IntermediaryConnector, Probe } from '#ports/intermediary'
import { parseUuid } from '#schemas/values/uuid'
import { validateConfiguration } from '#streams/payments/validate-configuration'

interface Mounting {
  readonly connector: IntermediaryConnector
  readonly access: ConfigurationAccess
  readonly deskOf: (requestId: string) => Desk
}

/**
 * `POST /check-payment` `{tenant_id, service_id}`: a dry run of a payment with the configuration that is there, step by
 * step. It opens no payment, writes nothing, and tells no secret. Whoever may change the configuration may ask.
 */
export function mountCheckPayment(app: Express, { connector, access, deskOf }: Mounting): void {
  const path = `/${connector.name}/check-payment`
  const before = [allowOrigins(access.origins, ['POST'])]
  const post = [
    ...jsonBody,
    async (...[request, response]: Parameters<(typeof jsonBody)[number]>) => {
      const bearer = await access.readBearer(request.get('authorization'))
      const ids = idsOf(bodyOf(request.body))
      const steps = await checked({ ...deskOf(requestIdOf(response)), access }, bearer, ids)
      response.json({ ok: steps.every(({ state }) => state !== 'failed'), steps })
    },
  ]
  serveMethods(app, path, { post }, before)
}

interface Ids {
  readonly tenant_id: string
  readonly service_id: string
}

function idsOf(body: Readonly<Record<string, unknown>>): Ids {
  const idAt = (name: keyof Ids) => {
    try {
      return parseUuid(body[name])
    } catch {
      throw invalid([{ pointer: `/${name}`, detail: 'is not a UUID' }])
    }
  }
  return { tenant_id: idAt('tenant_id'), service_id: idAt('service_id') }
}

type CheckDesk = Desk & { readonly access: ConfigurationAccess }

async function checked(desk: CheckDesk, bearer: Bearer, ids: Ids): Promise<readonly Step[]> {
  assertSpeaksFor(bearer, ids.tenant_id)
  const tenant = await currentConfiguration({ ...desk, level: 'TENANT' }, ids.tenant_id)
  const service = knownConfiguration({ ...desk, level: 'SERVICE' }, ids.service_id)
  const why = notConfigured(tenant, service, ids)
  if (why !== undefined || !tenant || !service) {
    const rest: readonly StepName[] = ['schema', 'split', ...outside]
    return [failed('configured', why ?? ''), ...skippedAll(rest, 'there is nothing to try')]
  }
  const inside = [
    ok('configured', 'tenant and service are there'),
    ...formSteps(desk, tenant, service),
  ]
  const isSound = inside.every(({ state }) => state !== 'failed')
  if (!isSound)
    return [...inside, ...skippedAll(outside, 'the configuration is to be mended first')]
  const hosts = hostsOf(tenant.config, desk.allowedHosts)
  return [...inside, ...(await outsideSteps(desk.connector, { tenant, service, hosts }))]
}

const called: readonly StepName[] = ['dns', 'tls', 'credentials', 'open-and-cancel']
const outside: readonly StepName[] = ['hosts', ...called]

const skippedAll = (steps: readonly StepName[], why: string): Step[] =>
  steps.map((step) => skipped(step, why))

function notConfigured(
  tenant: CurrentConfiguration | undefined,
  service: CurrentConfiguration | undefined,
  { tenant_id }: Ids,
): string | undefined {
  if (!tenant) return 'the tenant is not configured'
  if (!service || service.tenant_id !== tenant_id) return 'the service is not configured for it'
  if (!tenant.active) return 'the configuration of the tenant was deleted: save it again'
  if (!service.active) return 'the configuration of the service was deleted: save it again'
  return undefined
}

function formSteps(
  { connector }: Desk,
  tenant: CurrentConfiguration,
  service: CurrentConfiguration,
): Step[] {
  const faults = [
    ...(validateConfiguration(connector, 'TENANT', tenant.config).faults ?? []),
    ...(validateConfiguration(connector, 'SERVICE', service.config).faults ?? []),
  ]
  const isOfSplit = ({ pointer }: { readonly pointer: string }) => /^\/split(\/|$)/.test(pointer)
  const told = (found: typeof faults) => found.map(({ pointer, detail }) => `${pointer} ${detail}`)
  const [ofSplit, ofForm] = [faults.filter(isOfSplit), faults.filter((one) => !isOfSplit(one))]
  const schema =
    ofForm.length > 0
      ? failed('schema', told(ofForm).join('; '))
      : ok('schema', 'all members are what the form allows')
  if (ofSplit.length > 0) return [schema, failed('split', told(ofSplit).join('; '))]
  if (ofForm.length > 0) return [schema, skipped('split', 'other members are to be mended first')]
  const { split, amount } = service.config as { split?: unknown; amount?: unknown }
  if (split === undefined) return [schema, skipped('split', 'it comes with each payment')]
  if (amount === undefined)
    return [schema, ok('split', 'is held against the amount of each payment')]
  return [schema, ok('split', 'adds up to the amount')]
}

interface Checked {
  readonly tenant: CurrentConfiguration
  readonly service: CurrentConfiguration
  /** Where payers may be sent. */
  readonly hosts: readonly string[]
}

async function outsideSteps(
  connector: IntermediaryConnector,
  { tenant, service, hosts }: Checked,
): Promise<readonly Step[]> {
  const withoutUrl = hostsStep(undefined, hosts)
  if (!connector.probe) {
    return [withoutUrl, ...skippedAll(called, `${connector.name} cannot be tried out`)]
  }
  let probe: Probe
  try {
    probe = connector.probe({ tenant: tenant.config, service: service.config })
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    const rest: readonly StepName[] = ['dns', 'tls', 'open-and-cancel']
    const why = 'the connector refuses its configuration'
    return [withoutUrl, failed('credentials', error.message), ...skippedAll(rest, why)]
  }
  const url = new URL(probe.url)
  return [hostsStep(url, hosts), ...(await calledSteps(connector, probe, url))]
}

/** What is asked of the intermediary itself; each needs the one before. */
async function calledSteps(
  connector: IntermediaryConnector,
  probe: Probe,
  url: URL,
): Promise<readonly Step[]> {
  const dns = await dnsStep(url)
  if (dns.state === 'failed') return [dns, ...skippedAll(called.slice(1), 'it is not called there')]
  const tls = await tlsStep(url)
  if (tls.state === 'failed') return [dns, tls, ...skippedAll(called.slice(2), 'it is not reached')]
  const credentials = await askedStep('credentials', `${connector.name} takes them`, (signal) =>
    probe.tryCredentials(signal),
  )
  return [dns, tls, credentials, await lastStep(connector, probe, credentials)]
}

async function lastStep(
  { name }: IntermediaryConnector,
  probe: Probe,
  { state }: Step,
): Promise<Step> {
  const step = 'open-and-cancel'
  if (state === 'failed') return skipped(step, 'the credentials are not taken')
  if (!probe.openAndCancel) return skipped(step, `${name} cannot cancel a debt, so none is opened`)
  return askedStep(step, 'a debt was opened and cancelled', (signal) =>
    probe.openAndCancel!(signal),
  )
}
