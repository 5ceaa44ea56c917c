import { timePattern, type TimePattern } from '#apps/ksql-standin/sql/pull/java-pattern'
import type { Scope } from '#apps/ksql-standin/sql/pull/scope'
import { type SqlFunction, typedAs } from '#apps/ksql-standin/sql/pull/sql-function'
import type { ScalarKind } from '#apps/ksql-standin/sql/sql-type'
import type { Expression } from '#apps/ksql-standin/sql/syntax'

/** A function of a time, a format and perhaps a zone; the last two must be written out. */
export type TimeFunction = (args: readonly Expression[], scope: Scope) => ReturnType<SqlFunction>

interface Formatted {
  readonly value: string
  readonly pattern: TimePattern
  readonly zone: string
}

function formatted(kind: ScalarKind, args: readonly Expression[], scope: Scope): Formatted {
  const [of, format, zone] = args
  const isWritten = format?.kind === 'string' && (zone === undefined || zone.kind === 'string')
  if (!of || !isWritten || args.length > 3) {
    throw scope.refuse(`it takes a ${kind}, a format and perhaps a zone, both written out`)
  }
  const value = scope.typed(of)
  if (value.type.kind !== kind) throw scope.refuse(`it takes a ${kind}, not ${value.type.kind}`)
  const pattern = timePattern(format.value)
  if (!pattern) throw scope.refuse(`the format ${format.value} is not known here`)
  return { value: value.sql, pattern, zone: zone?.kind === 'string' ? zone.value : 'UTC' }
}

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

const isUtc = (zone: string) => ['UTC', 'Z', 'GMT', 'Etc/UTC'].includes(zone)

/** `ms` makes milliseconds since 1970 of the value. */
const format =
  (kind: ScalarKind, ms: (value: string) => string): TimeFunction =>
  (args, scope) => {
    const { value, pattern, zone } = formatted(kind, args, scope)
    if (!isUtc(zone) && (!isZone(zone) || pattern.fields.includes('zone'))) {
      throw scope.refuse(`the zone ${zone} is not known here, or not with this format`)
    }
    const toChar = scope.parameters.text(pattern.toChar)
    const utc = `ksql.utc(${ms(value)})`
    const local = isUtc(zone)
      ? utc
      : `(${utc} at time zone 'UTC' at time zone ${scope.parameters.text(zone)})`
    return { sql: `to_char(${local}, ${toChar})`, type: { kind: 'STRING' } }
  }

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone'] as const

const parse =
  (result: ScalarKind, of: (ms: string) => string): TimeFunction =>
  (args, scope) => {
    const { value, pattern, zone } = formatted('STRING', args, scope)
    if (!isUtc(zone)) throw scope.refuse(`the zone ${zone} is not known here for reading`)
    const groups = fields.map((field) => pattern.fields.indexOf(field) + 1)
    const reading = scope.parameters.text(pattern.reading)
    const ms = `ksql.read_time(${value}, ${reading}, array[${groups.join(', ')}])`
    return { sql: of(ms), type: { kind: result } }
  }

const asIs = (ms: string) => ms

/** By name. */
export const timeFunctions: ReadonlyMap<string, TimeFunction> = new Map([
  ['TIMESTAMPTOSTRING', format('BIGINT', asIs)],
  ['FORMAT_TIMESTAMP', format('TIMESTAMP', asIs)],
  ['FORMAT_DATE', format('DATE', (days) => `(${days})::bigint * 86400000`)],
  ['STRINGTOTIMESTAMP', parse('BIGINT', asIs)],
  ['PARSE_TIMESTAMP', parse('TIMESTAMP', asIs)],
  ['PARSE_DATE', parse('DATE', (ms) => `ksql.date_of(${ms})`)],
])

const now = '(extract(epoch from statement_timestamp()) * 1000)::bigint'

/** By name. */
export const clockFunctions: ReadonlyMap<string, SqlFunction> = new Map<string, SqlFunction>([
  [
    'UNIX_TIMESTAMP',
    (args, scope) =>
      args.length === 0
        ? { sql: now, type: { kind: 'BIGINT' } }
        : typedAs(['TIMESTAMP'], 'BIGINT', ([ms]) => ms!)(args, scope),
  ],
  ['FROM_UNIXTIME', typedAs(['BIGINT'], 'TIMESTAMP', ([ms]) => ms!)],
])
