import { isIP, isIPv4 } from 'node:net'
import { z } from 'zod'
import { isLoopback } from '#apps/operations/sign-in/origin'
import { Port } from '#apps/platform/port'
import { ProcessUrls } from '#apps/platform/process-urls'
import { parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  if (more.length > 0 || isIP(address) === 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv4(address) ? 32 : 128))
  )
}

const Operations = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: Port.default(8_004),
  CORRENTE_PROCESSES: ProcessUrls.optional(),
  OPERATIONS_USERS_FILE: z.string().optional(),
  OPERATIONS_PUBLIC_URL: webAddress.optional(),
  OPERATIONS_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), 'is no <address or network>,…')
    .default([]),
})

/** What the status app is told by its environment. */
export interface OperationsConfig {
  readonly host: string
  readonly port: number
  /** Base URLs of the processes it asks for their status; itself is not one of them. */
  readonly processes: readonly string[]
  /** Who may sign in; undefined where everybody on this machine may look. */
  readonly usersFile: string | undefined
  /** Scheme, host and port it is reached at; undefined where that is this machine by any of its own names. */
  readonly publicOrigin: string | undefined
  readonly trustedProxies: readonly string[]
}

/** Parses the environment; throws SettingsError naming every member that is wrong, or what may not go together. */
export function operationsConfig(
  env: Readonly<Record<string, string | undefined>>,
): OperationsConfig {
  const given = parsed(Operations, env)
  const { HOST: host, PORT: port, CORRENTE_PROCESSES: processes = [] } = given
  const url =
    given.OPERATIONS_PUBLIC_URL === undefined ? undefined : new URL(given.OPERATIONS_PUBLIC_URL)
  const usersFile = given.OPERATIONS_USERS_FILE
  if (!isLoopback(host) && usersFile === undefined) {
    throw new SettingsError(
      `HOST is ${host} and OPERATIONS_USERS_FILE is not set: without a sign-in it listens on this machine only; ` +
        'make the file by corrente operators add',
    )
  }
  if (!isLoopback(host) && !url) {
    throw new SettingsError(
      `HOST is ${host} and OPERATIONS_PUBLIC_URL is not set: say where browsers reach it, such as https://corrente.example`,
    )
  }
  if (url && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new SettingsError('OPERATIONS_PUBLIC_URL is not https: passwords would go in clear')
  }
  const trustedProxies = given.OPERATIONS_TRUSTED_PROXIES
  return { host, port, processes, usersFile, publicOrigin: url?.origin, trustedProxies }
}
