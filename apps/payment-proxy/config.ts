import { z } from 'zod'
import { Port } from '#apps/platform/port'
import { parsed } from '#apps/platform/settings'

export interface PaymentProxySettings {
  readonly port: number
  readonly host: string
}

const Environment = z.object({
  PORT: Port.default(8_000),
  HOST: z.string().default('127.0.0.1'),
})

/** Where the proxy listens; how it is reached is the worker's to know, which writes the links. SettingsError. */
export function paymentProxySettings(
  env: Readonly<Record<string, string | undefined>>,
): PaymentProxySettings {
  const { PORT, HOST } = parsed(Environment, env)
  return { port: PORT, host: HOST }
}
