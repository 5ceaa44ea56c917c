import { z } from 'zod'
import type { TokenSettings } from '#apps/payment-proxy/configuration/bearer'
import { allowedHosts } from '#apps/platform/outgoing-url'
import { Port } from '#apps/platform/port'
import { ConfigKeys, type SecretKeys } from '#apps/platform/secret-keys'
import { parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'

/** Who may configure, and from where. */
export interface AccessSettings {
  readonly tokens: TokenSettings
  /** Origins whose pages a browser lets call the configuration API. */
  readonly origins: readonly string[]
  /** The Core 2.13 deletes a configuration without showing a token. */
  readonly isDeleteOpen: boolean
}

export interface PaymentProxySettings {
  readonly port: number
  readonly host: string
  readonly access: AccessSettings
  /** Where payers may be sent whose public body lists no hosts itself. */
  readonly allowedHosts: readonly string[]
  /** For the secrets of configurations. */
  readonly keys: SecretKeys
  /** Where the rows of its tables live. */
  readonly home: string
}

const secretCharactersMin = 32

const partsOf = (text: string): string[] => text.split(',').map((part) => part.trim())

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

const Environment = z.object({
  PORT: Port.default(8_000),
  HOST: z.string().default('127.0.0.1'),
  CORRENTE_HOME: z.string().default('.corrente'),
  CORRENTE_CONFIG_KEYS: ConfigKeys,
  CORRENTE_ALLOWED_HOSTS: allowedHosts.default([]),
  CORRENTE_ALLOWED_ORIGINS: z
    .string()
    .transform(partsOf)
    .refine((parts) => parts.every(isOrigin), 'is no https://<host>,… without paths')
    .default([]),
  CORRENTE_JWT_JWKS_URL: webAddress.optional(),
  // A message of the schema's own would show the secret.
  CORRENTE_JWT_SECRET: z
    .string()
    .refine((text) => text.length >= secretCharactersMin, {
      error: `must have at least ${secretCharactersMin} characters`,
    })
    .optional(),
  CORRENTE_JWT_ISSUER: z.string().optional(),
  CORRENTE_JWT_AUDIENCE: z.string().optional(),
  CORRENTE_JWT_TENANT_CLAIM: z.string().default('tenant_id'),
  CORRENTE_SWITCHES: z
    .string()
    .transform(partsOf)
    .pipe(z.array(z.enum(['core-2.13'])))
    .default([]),
})

/** Where the proxy listens; how it is reached is the worker's to know, which writes the links. SettingsError. */
export function paymentProxySettings(
  env: Readonly<Record<string, string | undefined>>,
): PaymentProxySettings {
  const given = parsed(Environment, env)
  return {
    port: given.PORT,
    host: given.HOST,
    keys: given.CORRENTE_CONFIG_KEYS,
    home: given.CORRENTE_HOME,
    allowedHosts: given.CORRENTE_ALLOWED_HOSTS,
    access: {
      tokens: tokensOf(given),
      origins: given.CORRENTE_ALLOWED_ORIGINS,
      isDeleteOpen: given.CORRENTE_SWITCHES.includes('core-2.13'),
    },
  }
}

function tokensOf(given: z.infer<typeof Environment>): TokenSettings {
  const claims = {
    issuer: given.CORRENTE_JWT_ISSUER,
    audience: given.CORRENTE_JWT_AUDIENCE,
    tenantClaim: given.CORRENTE_JWT_TENANT_CLAIM,
  }
  const { CORRENTE_JWT_JWKS_URL: jwksUrl, CORRENTE_JWT_SECRET: secret } = given
  if (jwksUrl !== undefined && secret === undefined) return { ...claims, jwksUrl }
  if (jwksUrl === undefined && secret !== undefined) return { ...claims, secret }
  const names = 'CORRENTE_JWT_JWKS_URL or CORRENTE_JWT_SECRET'
  throw new SettingsError(`set ${names}, one of them: whose tokens may change configurations`)
}
