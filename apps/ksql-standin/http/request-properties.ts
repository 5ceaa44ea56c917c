import { Refusal } from '#apps/ksql-standin/http/reply'
import { errorCodes, genericError, KsqlError } from '#apps/ksql-standin/sql/ksql-error'

type Properties = Readonly<Record<string, unknown>>

/** What no request may set. */
const denied: ReadonlySet<string> = new Set([
  'ksql.service.id',
  'ksql.schema.registry.url',
  'bootstrap.servers',
  'ksql.streams.bootstrap.servers',
  'application.id',
  'ksql.streams.application.id',
  'listeners',
])

/** Settings of Kafka's clients that the real server knows without a prefix. */
const ofClients: ReadonlySet<string> = new Set([
  'auto.offset.reset',
  'cache.max.bytes.buffering',
  'commit.interval.ms',
  'isolation.level',
  'max.poll.records',
  'num.stream.threads',
  'processing.guarantee',
])

const isKnown = (name: string) => name.startsWith('ksql.') || ofClients.has(name)

export const isDenied = (name: string): boolean => denied.has(name)

/** Throws Refusal for a property that no request may set. */
export function refuseDenied(properties: Properties, hasType: boolean): void {
  const name = Object.keys(properties).find(isDenied)
  if (name !== undefined) throw new Refusal(genericError(`${name} cannot be set`), hasType)
}

/** Throws Refusal for a property that is none; `statementText` as the endpoint tells it. */
export function refuseUnknown(properties: Properties, statementText: string | null): void {
  const name = Object.keys(properties).find((one) => !isKnown(one))
  if (name === undefined) return
  const details = { code: errorCodes.server, statementText, isParseError: false }
  throw new Refusal(new KsqlError(`${name} is no property`, details), true)
}
