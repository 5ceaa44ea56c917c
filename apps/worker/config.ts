import { z } from 'zod'
import { debitEnvironment, debitSettingsOf } from '#apps/platform/debit-settings'
import {
  notificationEnvironment,
  notificationSettingsOf,
  type NotificationSettings,
} from '#apps/platform/notification-settings'
import { Port } from '#apps/platform/port'
import { ConfigKeys, type SecretKeys } from '#apps/platform/secret-keys'
import { parsed } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'
import type { TenantLabels } from '#apps/worker/tenant-payments'
import type { DebitSettings } from '#streams/debits/known'

const tenants = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .pipe(z.array(z.guid('is no list of UUIDs')).max(1_000))

const Worker = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: Port.default(8_001),
  CORRENTE_PUBLIC_URL: webAddress,
  CORRENTE_INTERNAL_URL: webAddress.optional(),
  CORE_URL: webAddress,
  CORE_USERNAME: z.string().min(1),
  CORE_PASSWORD: z.string().min(1),
  CORRENTE_CONFIG_KEYS: ConfigKeys.optional(),
  CORRENTE_RETRY_WINDOW_SECONDS: z.coerce.number().int().min(0).max(604_800).default(3_600),
  CORRENTE_CHECK_TAIL: z.enum(['daily', 'weekly']).default('daily'),
  CORRENTE_DUES_EVERY_SECONDS: z.coerce.number().int().min(0).max(86_400).default(600),
  CORRENTE_DUES_LANDING_URL: webAddress.optional(),
  ...debitEnvironment,
  ...notificationEnvironment,
  CORRENTE_EXPORTS_SWEEP_SECONDS: z.coerce.number().int().min(0).max(604_800).default(3_600),
  CORRENTE_METRICS_TENANTS: tenants.default([]),
  CORRENTE_METRICS_TENANTS_MAX: z.coerce.number().int().min(0).max(1_000).default(100),
  CORRENTE_PAYMENT_MAILS: z.enum(['on', 'off']).default('off'),
  CORRENTE_SLOT: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  CORRENTE_HOME: z.string().default('.corrente'),
  CORRENTE_STATE_BYTES_MAX: z.coerce.number().int().positive().default(20_000_000_000),
})

/** What the worker is told by its environment. */
export interface WorkerConfig {
  readonly host: string
  readonly port: number
  /** Base of the payment proxy as browsers see it. */
  readonly publicUrl: string
  /** Base of the payment proxy as the poller sees it; the public one where not set. */
  readonly internalUrl: string
  readonly core: { readonly base_url: string; readonly username: string; readonly password: string }
  /** Decrypt what configurations hold; without any, those with secrets wait. */
  readonly configKeys: SecretKeys | undefined
  /** How long a failed creation can be tried again before its application is told, milliseconds. */
  readonly retryWindowMs: number
  /** How often a payment is asked about from its thirty-first day on. */
  readonly checkTail: 'daily' | 'weekly'
  /** How often dues are asked for at logins, and where their payers are sent after paying. */
  readonly dues: { readonly askEveryMs: number; readonly landingUrl: string | null }
  readonly debits: DebitSettings
  /** Whether payers get a mail when their payment is complete. */
  readonly arePayersMailed: boolean
  readonly notifications: NotificationSettings
  /** How often orphans of exports are looked for in the object store; 0 for never. */
  readonly sweepEveryMs: number
  /** Bodies whose payments are counted apart. */
  readonly tenantLabels: TenantLabels
  readonly slot: string | undefined
  /** Where lock files, the rows of units and those that they look up live. */
  readonly home: string
  /** What the rows of one unit may take on the disk, bytes. */
  readonly stateBytesMax: number
}

/** Parses the environment; throws SettingsError naming every member that is missing or wrong. */
export function workerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const given = parsed(Worker, env)
  return {
    host: given.HOST,
    port: given.PORT,
    publicUrl: given.CORRENTE_PUBLIC_URL,
    internalUrl: given.CORRENTE_INTERNAL_URL ?? given.CORRENTE_PUBLIC_URL,
    core: {
      base_url: given.CORE_URL,
      username: given.CORE_USERNAME,
      password: given.CORE_PASSWORD,
    },
    configKeys: given.CORRENTE_CONFIG_KEYS,
    retryWindowMs: 1_000 * given.CORRENTE_RETRY_WINDOW_SECONDS,
    checkTail: given.CORRENTE_CHECK_TAIL,
    dues: {
      askEveryMs: 1_000 * given.CORRENTE_DUES_EVERY_SECONDS,
      landingUrl: given.CORRENTE_DUES_LANDING_URL ?? null,
    },
    debits: debitSettingsOf(given),
    arePayersMailed: given.CORRENTE_PAYMENT_MAILS === 'on',
    notifications: notificationSettingsOf(given),
    sweepEveryMs: 1_000 * given.CORRENTE_EXPORTS_SWEEP_SECONDS,
    tenantLabels: {
      named: given.CORRENTE_METRICS_TENANTS,
      countMax: given.CORRENTE_METRICS_TENANTS_MAX,
    },
    slot: given.CORRENTE_SLOT,
    home: given.CORRENTE_HOME,
    stateBytesMax: given.CORRENTE_STATE_BYTES_MAX,
  }
}
