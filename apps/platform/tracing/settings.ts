import { z } from 'zod'
import { logLevel, parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'

/** The words of OpenTelemetry for how it is decided which traces are recorded. */
export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** Of the traces that begin here so many are recorded where nothing else is said: what that costs is measured. */
export const ratioDefault = 0.01

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/** The standard names of OpenTelemetry that are understood; of others nothing is read. */
const Traces = z.object({
  OTEL_SDK_DISABLED: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webAddress.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf', 'http/json']).default('http/protobuf'),
  OTEL_EXPORTER_OTLP_TIMEOUT: whole(1, 60_000).default(10_000),
  OTEL_SERVICE_NAME: z.string().max(200).optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplers).default('parentbased_traceidratio'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(ratioDefault),
  OTEL_BSP_MAX_QUEUE_SIZE: whole(1, 100_000).default(2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: whole(1, 10_000).default(512),
  OTEL_BSP_SCHEDULE_DELAY: whole(1, 60_000).default(5_000),
  LOG_LEVEL: logLevel,
})

/** Where spans go, and which. */
export interface TracingSettings {
  /** Takes OTLP over HTTP. */
  readonly url: string
  readonly protocol: 'http/protobuf' | 'http/json'
  /** May hold secrets of the receiver. */
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Undefined: that of the app. */
  readonly serviceName: string | undefined
  readonly sampler: (typeof samplers)[number]
  /** Of the traces that begin here, 0 to 1. */
  readonly ratio: number
  /** Spans that wait; those beyond are left out. */
  readonly queueMax: number
  readonly batchMax: number
  readonly delayMs: number
  readonly logLevel: string
}

/** Parses the environment; undefined where traces are off: nothing names where they go. Throws SettingsError. */
export function tracingSettings(
  env: Readonly<Record<string, string | undefined>>,
): TracingSettings | undefined {
  const whereTo = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT']
  if (!whereTo || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined
  const given = parsed(Traces, env)
  return {
    url:
      given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
      `${given.OTEL_EXPORTER_OTLP_ENDPOINT!.replace(/\/$/, '')}/v1/traces`,
    protocol: given.OTEL_EXPORTER_OTLP_PROTOCOL,
    headers: headersIn(given.OTEL_EXPORTER_OTLP_HEADERS),
    timeoutMs: given.OTEL_EXPORTER_OTLP_TIMEOUT,
    serviceName: given.OTEL_SERVICE_NAME,
    sampler: given.OTEL_TRACES_SAMPLER,
    ratio: given.OTEL_TRACES_SAMPLER_ARG,
    queueMax: given.OTEL_BSP_MAX_QUEUE_SIZE,
    batchMax: Math.min(given.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, given.OTEL_BSP_MAX_QUEUE_SIZE),
    delayMs: given.OTEL_BSP_SCHEDULE_DELAY,
    logLevel: given.LOG_LEVEL,
  }
}

/** `name=value,…`, values URL-encoded. What is wrong is told without its value, which may be a secret. */
function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(\S.*?)\s*$/.exec(pair) ?? []
      if (name === undefined) {
        throw new SettingsError('OTEL_EXPORTER_OTLP_HEADERS: is no <name>=<value>,…')
      }
      return [name.toLowerCase(), decoded(value!)]
    }),
  )
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
