import { z } from 'zod'
import { allowedHosts } from '#apps/platform/outgoing-url'
import { Port } from '#apps/platform/port'
import { parsed, SettingsError } from '#apps/platform/settings'
import type { PlanSettings } from '#apps/payments-poller/call-plan'

const seconds = z.coerce.number('is no number of seconds').positive().max(3_600)
const count = z.coerce.number('is no number').int().positive()

const Environment = z.object({
  PORT: Port.default(8_005),
  HOST: z.string().default('127.0.0.1'),
  POLLER_HOSTS: allowedHosts,
  POLLER_LOOP_SECONDS: seconds.default(5),
  POLLER_CONCURRENCY: count.max(1_000).default(128),
  POLLER_CONNECTOR_CONCURRENCY: count.max(1_000).default(16),
  POLLER_CONNECTOR_CALLS_PER_SECOND: z.coerce
    .number('is no number')
    .positive()
    .max(10_000)
    .default(50),
  POLLER_LATENESS_SECONDS: seconds.optional(),
  POLLER_REPLICAS: count.max(1_000).default(1),
  CORRENTE_SLOT: z
    .string()
    .regex(/^\d{1,3}$/, 'is no number from 0')
    .optional(),
})

/** What the poller is told by its environment. */
export interface PollerSettings {
  readonly port: number
  readonly host: string
  /** Where update URLs may lead. */
  readonly allowedHosts: readonly string[]
  /** From one question for what is due to the next. */
  readonly loopMs: number
  /** How late a check may be at an intermediary that answers. */
  readonly latenessMsMax: number
  readonly plan: PlanSettings
  /** Which part of the payments is this process's. */
  readonly replicas: number
  readonly slot: number
}

const jitterMs = 5_000
/** What the bound of lateness leaves, beside the wait for a round, to spread and work off what is due. */
const workingSeconds = 55

/** Parses the environment; SettingsError. `LOOP_TIME` is the platform's older name. */
export function pollerSettings(env: Readonly<Record<string, string | undefined>>): PollerSettings {
  const given = parsed(Environment, env, { POLLER_LOOP_SECONDS: 'LOOP_TIME' })
  const { POLLER_REPLICAS: replicas } = given
  return {
    port: given.PORT,
    host: given.HOST,
    allowedHosts: given.POLLER_HOSTS,
    loopMs: given.POLLER_LOOP_SECONDS * 1_000,
    latenessMsMax:
      1_000 * (given.POLLER_LATENESS_SECONDS ?? given.POLLER_LOOP_SECONDS + workingSeconds),
    plan: {
      concurrency: given.POLLER_CONCURRENCY,
      perConnector: {
        concurrency: given.POLLER_CONNECTOR_CONCURRENCY,
        callsPerSecond: given.POLLER_CONNECTOR_CALLS_PER_SECOND,
      },
      jitterMs,
    },
    replicas,
    slot: slotOf(replicas, given.CORRENTE_SLOT ?? ordinalOf(env)),
  }
}

/** The number at the end of the name of a StatefulSet's pod. */
const ordinalOf = (env: Readonly<Record<string, string | undefined>>): string | undefined =>
  env['KUBERNETES_SERVICE_HOST'] ? /-(\d{1,3})$/.exec(env['HOSTNAME'] ?? '')?.[1] : undefined

function slotOf(replicas: number, given: string | undefined): number {
  // One process has all of them, whatever it is called.
  if (replicas === 1) return 0
  const slot = Number(given ?? 'none')
  if (slot < replicas) return slot
  throw new SettingsError(
    `POLLER_REPLICAS is ${replicas}: set CORRENTE_SLOT of each to a number of its own from 0 to ${replicas - 1}`,
  )
}
