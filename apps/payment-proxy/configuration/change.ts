import { assertSpeaksFor, type Bearer } from '#apps/payment-proxy/configuration/bearer'
import { type Composed, composed } from '#apps/payment-proxy/configuration/compose'
import {
  type ConfigurationDesk,
  type CurrentConfiguration,
  currentConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { assertPreconditions, type Preconditions } from '#apps/payment-proxy/configuration/etag'
import type { Body } from '#apps/payment-proxy/configuration/read-body'
import { type Outcome, sendCommand } from '#apps/payment-proxy/configuration/send-command'
import { Problem, tryLater } from '#apps/platform/problem'
import { parseUuid } from '#schemas/values/uuid'
import { configuredElsewhere } from '#streams/payments/judge-command'

/** A change somebody asks for. */
export interface Change {
  readonly id: string
  /** Who asks; undefined where nobody needs to show a token. */
  readonly bearer: Bearer | undefined
  readonly preconditions: Preconditions
  /** What is wanted, of what is there: members of the form and `active`. Undefined: nothing is to be changed. */
  readonly wanted: (current: CurrentConfiguration | undefined) => Wanted | undefined
}

/** To be held against the form, or already as it is to be kept. */
export type Wanted =
  | {
      readonly given: Body
      /** What secrets that are not given are taken from; the configuration as it is where absent. */
      readonly keptOf?: CurrentConfiguration
    }
  | { readonly made: Composed }

export interface Changed {
  readonly current: CurrentConfiguration
  readonly isNew: boolean
}

/** Others may change the same configuration between our reading and our writing. */
const triesMax = 4

/**
 * Makes a change of the version that is there, and answers once this proxy itself has seen it. Problem 403 for
 * another tenant's, 409, 412, 422, 504.
 */
export async function change(desk: ConfigurationDesk, asked: Change): Promise<Changed> {
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const before = await currentConfiguration(desk, asked.id)
    if (before) assertAllowed(asked.bearer, before.tenant_id)
    assertPreconditions(asked.preconditions, before?.version)
    const wanted = asked.wanted(before)
    if (!wanted) return { current: before!, isNew: false }
    const made = madeOf(desk, asked, wanted, before)
    assertNotElsewhere(desk, asked.id, made)
    if (before && isSame(before, made)) return { current: before, isNew: false }
    const outcome = await sendCommand(desk, made, before?.version ?? 0)
    if (!outcome.refusal) return { current: outcome.current, isNew: before === undefined }
    assertMayRepeat(outcome, asked.preconditions)
  }
  throw tryLater('others change this configuration at the same time')
}

function madeOf(
  desk: ConfigurationDesk,
  { id, bearer }: Change,
  wanted: Wanted,
  before: CurrentConfiguration | undefined,
): Composed {
  if ('made' in wanted) return wanted.made
  assertAllowed(bearer, tenantOf(desk, id, wanted.given))
  return composed(desk, id, wanted.given, wanted.keptOf ?? before)
}

function assertAllowed(bearer: Bearer | undefined, tenantId: string | undefined): void {
  if (bearer && tenantId !== undefined) assertSpeaksFor(bearer, tenantId)
}

/** The public body that what is given is about; undefined where it says none, which its form will. */
function tenantOf({ level }: ConfigurationDesk, id: string, given: Body): string | undefined {
  if (level === 'TENANT') return id
  try {
    return parseUuid(given['tenant_id'])
  } catch {
    return undefined
  }
}

const isSame = (before: CurrentConfiguration, { config, active }: Composed): boolean =>
  before.active === active && JSON.stringify(before.config) === JSON.stringify(config)

/** The keeper says so, too; here it is said before anything is written. */
function assertNotElsewhere(
  { tables, connector, level }: ConfigurationDesk,
  id: string,
  { config, active }: Composed,
): void {
  if (level === 'TENANT' || !active) return
  const elsewhere = tables.services
    .where('service_id', id)
    .map(({ value }) => value)
    .find(
      (row) =>
        row['active'] &&
        row['connector'] !== connector.name &&
        row['tenant_id'] === config['tenant_id'],
    )
  if (elsewhere) throw new Problem(409, configuredElsewhere(String(elsewhere['connector'])))
}

function assertMayRepeat({ refusal }: Outcome, { ifMatch, ifNoneMatch }: Preconditions): void {
  if (!refusal) return
  const { code, message } = refusal
  const isConditional = ifMatch !== undefined || ifNoneMatch !== undefined
  if (code === 'version-differs') {
    if (!isConditional) return
    throw new Problem(412, `others were faster: ${message}`)
  }
  const members = { code }
  if (code === 'of-another-tenant') throw new Problem(403, message, { members })
  throw new Problem(code === 'configured-elsewhere' ? 409 : 422, message, { members })
}
