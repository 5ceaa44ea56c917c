import { unpacked } from '#apps/ksql-standin/sql/pull/compile-nested'
import type { Scope, TypedValue } from '#apps/ksql-standin/sql/pull/scope'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

/** What the text is made in. */
export interface Rendering {
  readonly scope: Scope
  /** Of what has no members and no items. */
  readonly scalar: (value: TypedValue) => string | undefined
}

/** `Struct{X=1,Y=why}`: members that are NULL are left out, arrays are `[1, 2]`. Undefined: it has no such text. */
export function structText(
  { sql, type }: TypedValue,
  rendering: Rendering,
  depth = 0,
): string | undefined {
  if (type.kind !== 'STRUCT') return undefined
  const members: string[] = []
  for (const { name, type: of } of type.fields) {
    const member = unpacked(`(${sql} -> ${rendering.scope.parameters.text(name)})`, of)
    const text = textOf({ sql: member, type: of }, rendering, depth + 1)
    if (text === undefined) return undefined
    members.push(`${rendering.scope.parameters.text(`${name}=`)} || ${text}`)
  }
  return `case when ${sql} is not null then 'Struct{' || concat_ws(',', ${members.join(', ')}) || '}' end`
}

function textOf(value: TypedValue, rendering: Rendering, depth: number): string | undefined {
  const { sql, type } = value
  if (type.kind === 'STRUCT') return structText(value, rendering, depth)
  return type.kind === 'ARRAY'
    ? arrayText(sql, type.item, { rendering, depth })
    : rendering.scalar(value)
}

function arrayText(
  sql: string,
  item: SqlType,
  { rendering, depth }: { readonly rendering: Rendering; readonly depth: number },
): string | undefined {
  const each = { sql: unpacked(`e${depth}.v`, item), type: item }
  const text = textOf(each, rendering, depth + 1)
  if (text === undefined) return undefined
  const items = `select string_agg(coalesce(${text}, 'null'), ', ' order by e${depth}.n) from jsonb_array_elements(${sql}) with ordinality as e${depth}(v, n)`
  return `case when ${sql} is not null then '[' || coalesce((${items}), '') || ']' end`
}
