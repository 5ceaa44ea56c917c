import { doubleText } from '#apps/ksql-standin/sql/double-text'
import { type Json, readJson } from '#apps/ksql-standin/sql/json-reading'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import { dateText, timestampText, timeText } from '#apps/ksql-standin/sql/time-text'

/**
 * A value as ksqlDB writes it in JSON. `stored` is Postgres' own text of it, which is what the driver must hand over
 * for every column (no parser of types: a BIGINT or a DECIMAL never becomes a JavaScript number).
 */
export function renderValue(type: SqlType, stored: string | null): string {
  if (stored === null) return 'null'
  switch (type.kind) {
    case 'BOOLEAN':
      return stored === 't' || stored === 'true' ? 'true' : 'false'
    case 'BYTES':
      return jsonText(Buffer.from(stored.replace(/^\\x/, ''), 'hex').toString('base64'))
    case 'STRING':
      return jsonText(stored)
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return renderJson(type, readJson(stored))
    case 'INTEGER':
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL':
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      return renderNumber(type, stored)
  }
}

/** What is a number in Postgres. */
function renderNumber(type: SqlType, digits: string): string {
  switch (type.kind) {
    case 'DECIMAL':
      return withScale(digits, type.scale)
    case 'DOUBLE':
      return Number.isFinite(Number(digits)) ? doubleText(Number(digits)) : 'null'
    case 'DATE':
      return jsonText(dateText(Number(digits)))
    case 'TIME':
      return jsonText(timeText(Number(digits)))
    case 'TIMESTAMP':
      return jsonText(timestampText(BigInt(digits)))
    case 'INTEGER':
    case 'BIGINT':
    case 'BOOLEAN':
    case 'STRING':
    case 'BYTES':
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return digits
  }
}

function renderJson(type: SqlType, json: Json): string {
  if (json === null) return 'null'
  if (typeof json === 'boolean') return String(json)
  if (typeof json === 'string') return jsonText(json)
  if ('digits' in json) return renderNumber(type, json.digits)
  if (type.kind === 'ARRAY' && 'items' in json) {
    return `[${json.items.map((item) => renderJson(type.item, item)).join(',')}]`
  }
  if (type.kind === 'STRUCT' && 'members' in json) {
    const members = type.fields.map(
      ({ name, type: of }) => `${jsonText(name)}:${renderJson(of, json.members.get(name) ?? null)}`,
    )
    return `{${members.join(',')}}`
  }
  if (type.kind === 'MAP' && 'members' in json) {
    const entries = [...json.members].map(
      ([key, value]) => `${jsonText(key)}:${renderJson(type.value, value)}`,
    )
    return `{${entries.join(',')}}`
  }
  throw new Error(`what is stored is no ${type.kind}`)
}

/** The declared scale, whatever zeros are stored. */
function withScale(digits: string, scale: number): string {
  const [whole, fraction = ''] = digits.split('.') as [string, string?]
  return scale === 0 ? whole : `${whole}.${fraction.slice(0, scale).padEnd(scale, '0')}`
}

/** JSON text: as JavaScript's, but for capital digits in escapes and characters outside the BMP, which are escaped. */
export const jsonText = (text: string): string =>
  JSON.stringify(text).replace(/[\u{10000}-\u{10FFFF}]|\\\\|\\u[0-9a-f]{4}/gu, (found) =>
    escapes(found),
  )

const escapes = (found: string): string => {
  if (found === '\\\\') return found
  if (found.startsWith('\\u')) return `\\u${found.slice(2).toUpperCase()}`
  return [...Array(found.length).keys()]
    .map((at) => `\\u${found.charCodeAt(at).toString(16).toUpperCase()}`)
    .join('')
}
