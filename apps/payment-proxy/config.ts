import { z } from 'zod'
import { parsed } from '#apps/platform/settings'

export interface PaymentProxySettings {
  readonly port: number
  readonly host: string
  /** Base of the addresses that payers and intermediaries see. */
  readonly publicUrl: string
  /** Base of the addresses that only the poller sees. */
  readonly internalUrl: string
}

const Base = z
  .url({ protocol: /^https?$/, error: 'is no http or https URL' })
  .refine((url) => !/[?#]/.test(url), 'has a query or a fragment')

const Environment = z.object({
  PORT: z.coerce.number('is no port').int().min(0).max(65_535).default(8_000),
  HOST: z.string().default('127.0.0.1'),
  CORRENTE_PUBLIC_URL: Base.optional(),
  CORRENTE_INTERNAL_URL: Base.optional(),
})

/**
 * Where the proxy listens and how it is reached. Both bases are `http://127.0.0.1:<PORT>` where not set; a
 * process that only writes addresses must be given the same environment. Throws SettingsError.
 */
export function paymentProxySettings(
  env: Readonly<Record<string, string | undefined>>,
): PaymentProxySettings {
  const given = parsed(Environment, env)
  const local = `http://127.0.0.1:${given.PORT}`
  return {
    port: given.PORT,
    host: given.HOST,
    publicUrl: given.CORRENTE_PUBLIC_URL ?? local,
    internalUrl: given.CORRENTE_INTERNAL_URL ?? local,
  }
}
