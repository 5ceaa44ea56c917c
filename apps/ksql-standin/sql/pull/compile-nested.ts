import { isNested, type Scope, type TypedValue } from '#apps/ksql-standin/sql/pull/scope'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { SqlField, SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { Expression } from '#apps/ksql-standin/sql/syntax'
import { typeText } from '#apps/ksql-standin/sql/type-text'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** What a jsonb holds, as the type it was stored from. */
export function unpacked(jsonb: string, type: SqlType): string {
  if (isNested(type)) return `nullif(${jsonb}, 'null'::jsonb)`
  const text = `(${jsonb} #>> '{}')`
  if (type.kind === 'STRING') return text
  return type.kind === 'BYTES' ? `decode(${text}, 'base64')` : `${text}::${storedType(type)}`
}

/** A value as the jsonb that holds it. */
export function packed({ sql, type }: TypedValue): string {
  if (isNested(type)) return sql
  // Postgres breaks base64 into lines.
  if (type.kind === 'BYTES') return `to_jsonb(replace(encode(${sql}, 'base64'), E'\\n', ''))`
  return `to_jsonb(${sql})`
}

export function compileMember({ of, name }: Of<'member'>, scope: Scope): TypedValue {
  const { sql, type } = scope.typed(of)
  if (type.kind !== 'STRUCT') throw scope.refuse(`${typeText(type)} has no members`)
  const member = type.fields.find((field) => field.name === name)
  if (!member) throw scope.refuse(`there is no member ${name} in ${typeText(type)}`)
  return {
    sql: unpacked(`(${sql} -> ${scope.parameters.text(name)})`, member.type),
    type: member.type,
  }
}

export function compileSubscript({ of, index }: Of<'subscript'>, scope: Scope): TypedValue {
  const { sql, type } = scope.typed(of)
  const at = scope.typed(index)
  if (type.kind === 'MAP' && at.type.kind === 'STRING') {
    return { sql: unpacked(`(${sql} -> ${at.sql})`, type.value), type: type.value }
  }
  if (type.kind === 'ARRAY' && at.type.kind === 'INTEGER') {
    // From 1 at the beginning, from -1 at the end.
    return { sql: unpacked(`(${sql} -> ksql.array_index(${at.sql}))`, type.item), type: type.item }
  }
  throw scope.refuse(`${typeText(type)}[${typeText(at.type)}] has no meaning`)
}

export function compileStruct({ members }: Of<'struct'>, scope: Scope): TypedValue {
  const names = members.map(({ name }) => name)
  if (new Set(names).size < names.length) throw scope.refuse('a STRUCT names a member twice')
  const values = members.map(({ of }) => scope.typed(of))
  const fields = values.map(({ type }, at): SqlField => ({ name: names[at]!, type }))
  const pairs = values.map(
    (value, at) => [scope.parameters.text(names[at]!), packed(value)] as const,
  )
  return { sql: objectOf(pairs), type: { kind: 'STRUCT', fields } }
}

/** A function takes a hundred arguments at most, an array as many as there are. */
function objectOf(pairs: readonly (readonly [key: string, value: string])[]): string {
  const keys = pairs.map(([key]) => key).join(', ')
  const values = pairs.map(([, value]) => value).join(', ')
  const members = `unnest(array[${keys}], array[${values}]) as m(k, v) where m.k is not null`
  return `(select coalesce(jsonb_object_agg(m.k, m.v), '{}') from ${members})`
}

export function compileArray({ items }: Of<'array'>, scope: Scope): TypedValue {
  const values = items.map((item) => scope.typed(item))
  const item = sameType(values, scope)
  return { sql: `to_jsonb(array[${values.map(packed).join(', ')}])`, type: { kind: 'ARRAY', item } }
}

export function compileMap({ entries }: Of<'map'>, scope: Scope): TypedValue {
  const keys = entries.map(([key]) => scope.typed(key))
  if (keys.some(({ type }) => type.kind !== 'STRING')) {
    throw scope.refuse('only maps from STRING are known here')
  }
  const values = entries.map(([, value]) => scope.typed(value))
  const value = sameType(values, scope)
  const pairs = keys.map(({ sql }, at) => [sql, packed(values[at]!)] as const)
  return { sql: objectOf(pairs), type: { kind: 'MAP', key: { kind: 'STRING' }, value } }
}

/** The one type that all of them have. */
export function sameType(values: readonly TypedValue[], scope: Scope): SqlType {
  const [first, ...others] = values.map(({ type }) => type)
  if (!first) throw scope.refuse('there is no value to take a type from')
  const other = others.find((type) => typeText(type) !== typeText(first))
  if (other) throw scope.refuse(`${typeText(first)} beside ${typeText(other)} has no one type`)
  return first
}
