import { z } from 'zod'
import { type Grant, Grants, tenantShape } from '#apps/exports-api/holders'
import type { Notifying } from '#apps/exports-api/reading/notify'
import { BearerTokens, type Token } from '#apps/platform/bearer-tokens'
import { Port } from '#apps/platform/port'
import { parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'

export interface ExportsApiSettings {
  readonly port: number
  readonly host: string
  readonly tokens: readonly Token[]
  /** Whose exports the holders of tokens may ask for and see. */
  readonly grants: readonly Grant[]
  /** A link leads somewhere for so long at most, milliseconds. */
  readonly linkMs: number
  readonly notifying: Notifying
  /** So many may follow an export by events at once. */
  readonly listenersMax: number
  /** Where the rows of its tables live. */
  readonly home: string
}

const webhookGrant = new RegExp(`^(\\*|${tenantShape}):([a-z][a-z0-9-]{0,39})$`)

/** `<tenant>:<webhook>,…`, a tenant as often as it has webhooks. */
const WebhookGrants = z
  .string()
  .transform((text) => text.split(',').map((part) => webhookGrant.exec(part.trim())))
  .refine((parts) => parts.every((part) => part !== null), {
    error: 'must be <tenant>:<webhook>,… or *:<webhook> for every tenant',
    abort: true,
  })
  .transform((parts) => parts.map((part) => ({ tenant: part![1]!, webhook: part![2]! })))

const Environment = z.object({
  PORT: Port.default(8_008),
  HOST: z.string().default('127.0.0.1'),
  CORRENTE_HOME: z.string().default('.corrente'),
  EXPORTS_TOKENS: BearerTokens,
  EXPORTS_TENANTS: Grants,
  EXPORTS_PAGE_URL: webAddress.transform((url) => url.replace(/\/+$/, '')).optional(),
  EXPORTS_WEBHOOKS: WebhookGrants.default([]),
  EXPORTS_LINK_MINUTES: z.coerce.number('is no number of minutes').int().min(1).max(60).default(15),
  EXPORTS_LISTENERS_MAX: z.coerce.number('is no number').int().min(1).max(10_000).default(500),
})

/** Throws SettingsError; there is no token, and no tenant that anybody may see, by default. */
export function exportsApiSettings(
  env: Readonly<Record<string, string | undefined>>,
): ExportsApiSettings {
  const given = parsed(Environment, env)
  const { EXPORTS_TOKENS: tokens, EXPORTS_TENANTS: grants } = given
  expectTheSameNames(tokens, grants)
  const { EXPORTS_PAGE_URL: pageUrl, EXPORTS_WEBHOOKS: webhooks } = given
  if (webhooks.length > 0 && pageUrl === undefined) {
    throw new SettingsError('EXPORTS_PAGE_URL is not set: what webhooks are told leads there')
  }
  return {
    port: given.PORT,
    host: given.HOST,
    tokens,
    grants,
    notifying: { pageUrl, webhooks },
    linkMs: given.EXPORTS_LINK_MINUTES * 60_000,
    listenersMax: given.EXPORTS_LISTENERS_MAX,
    home: given.CORRENTE_HOME,
  }
}

/** A name that only one of them has is a slip: somebody would be let in to see nothing, or granted in vain. */
function expectTheSameNames(tokens: readonly Token[], grants: readonly Grant[]): void {
  const holders = new Set(tokens.map(({ name }) => name))
  const granted = new Set(grants.map(({ name }) => name))
  const without = [...holders].find((name) => !granted.has(name))
  if (without !== undefined) {
    throw new SettingsError(`EXPORTS_TENANTS says of no tenant that ${without} may see it`)
  }
  const unknown = [...granted].find((name) => !holders.has(name))
  if (unknown !== undefined) {
    throw new SettingsError(`EXPORTS_TENANTS names ${unknown}, who has no token in EXPORTS_TOKENS`)
  }
}
