import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UsageError } from '#apps/corrente/command'
import { givenAccess } from '#apps/corrente/conformance/intermediary'
import type { Json } from '#apps/corrente/conformance/observed'
import type { IntermediaryAccess, Plan } from '#apps/corrente/conformance/plan'
import { sandboxAccess } from '#apps/corrente/conformance/sandbox-access'
import { hasCredentials, isWebUrl } from '#apps/platform/web-address'
import { parseUuid } from '#schemas/values/uuid'

/** What is typed of a stranger's proxy, as it is typed. */
export interface GivenPlan {
  readonly proxy: string
  readonly 'tenant-config'?: string | undefined
  readonly 'service-config'?: string | undefined
  readonly 'token-file'?: string | undefined
  readonly origin?: string | undefined
  readonly 'landing-page': string
  readonly 'landing-url'?: string | undefined
  readonly 'pay-url'?: string | undefined
  readonly 'pay-command'?: string | undefined
  readonly 'due-command'?: string | undefined
  readonly intermediary?: string | undefined
}

/** The setting a token may be given by; never an argument, which every user of the machine can read. */
const tokenSetting = 'CONFORM_TOKEN'

const plainTenant = { name: 'Comune di Bugliano', tax_identification_number: '00000000000' }

/** How a stranger's proxy is tried out. UsageError naming the option that is wrong. */
export function readPlan(
  given: GivenPlan,
  bounds: Pick<Plan, 'amount' | 'patienceMs' | 'settleMs'>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Plan {
  const proxy = webUrl('--proxy', given.proxy).replace(/\/+$/, '')
  const tenant = configuration('--tenant-config', given['tenant-config'], plainTenant)
  const service = configuration('--service-config', given['service-config'], {})
  const forms = { tenant, service: { ...service, tenant_id: tenant.id } }
  return {
    ...bounds,
    proxy,
    ...forms,
    token: tokenIn(given['token-file'], env),
    origin: given.origin === undefined ? undefined : webUrl('--origin', given.origin),
    landingPage: webUrl('--landing-page', given['landing-page']),
    intermediary: accessOf(given, forms),
  }
}

function webUrl(option: string, text: string): string {
  if (isWebUrl(text) && !hasCredentials(text)) return text
  throw new UsageError(`${option}: say an http or https URL without credentials in it`)
}

/** A body of PUT from a file; with an id of its own where the file has none. */
function configuration(option: string, path: string | undefined, plain: Json) {
  const read = path === undefined ? plain : objectIn(option, path)
  const { id = randomUUID() } = read
  try {
    return { active: true, ...read, id: parseUuid(id) }
  } catch {
    throw new UsageError(`${option} ${path}: its id is no UUID`)
  }
}

function objectIn(option: string, path: string): Json {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // What the parser says would show what it read, which may be a secret.
  }
  throw new UsageError(`${option} ${path}: it is no file with a JSON object`)
}

function tokenIn(
  path: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (path === undefined) return env[tokenSetting] || undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`--token-file ${path} cannot be read (${code})`)
  }
}

function accessOf(given: GivenPlan, forms: Pick<Plan, 'tenant' | 'service'>): IntermediaryAccess {
  const { intermediary } = given
  return {
    ...(intermediary === undefined ? {} : sandboxAccess(intermediary, forms)),
    ...givenAccess({
      payUrl: given['pay-url'],
      payCommand: given['pay-command'],
      dueCommand: given['due-command'],
      landingUrl: given['landing-url'],
    }),
  }
}
