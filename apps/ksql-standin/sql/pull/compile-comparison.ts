import {
  isNumeric,
  isTemporal,
  type Scope,
  type TypedValue,
} from '#apps/ksql-standin/sql/pull/scope'
import { readTime } from '#apps/ksql-standin/sql/pull/time-reading'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { ComparisonOperator, Expression, Like } from '#apps/ksql-standin/sql/syntax'
import { typeText } from '#apps/ksql-standin/sql/type-text'

const orders: readonly string[] = ['<', '<=', '>', '>=']

/** `left <operator> right`, NULL where one is: for WHERE, in which NULL is false. */
export function compare(
  operator: ComparisonOperator,
  sides: readonly [Expression, Expression],
  scope: Scope,
): string {
  const found = bothSides(sides, scope)
  // A text that is no time compares with nothing; what stands beside it keeps its parameters.
  if ('never' in found) return `(${found.never.sql} is null and false)`
  const [left, right] = found
  const isOrder = orders.includes(operator)
  if (!areComparable(left.type, right.type, isOrder)) {
    const [a, b] = [typeText(left.type), typeText(right.type)]
    throw scope.refuse(`${a} ${operator} ${b} has no meaning`)
  }
  const collation = isOrder && left.type.kind === 'STRING' ? ' collate "C"' : ''
  return `(${left.sql} ${operator} ${right.sql}${collation})`
}

/** The same as a value: false where one side is NULL, as ksqlDB has it. */
export const comparison = (
  operator: ComparisonOperator,
  sides: readonly [Expression, Expression],
  scope: Scope,
): TypedValue => ({
  sql: `coalesce(${compare(operator, sides, scope)}, false)`,
  type: { kind: 'BOOLEAN' },
})

/** Strictly by type: a number compares with no text. */
function areComparable(a: SqlType, b: SqlType, isOrder: boolean): boolean {
  if (isNumeric(a) && isNumeric(b)) return true
  if (a.kind !== b.kind) return false
  if (a.kind === 'BOOLEAN' || a.kind === 'BYTES') return !isOrder
  return a.kind === 'STRING' || isTemporal(a)
}

type Sides = readonly [TypedValue, TypedValue]

/** A text that is written out beside a date or a time is one. */
function bothSides(
  [first, second]: readonly [Expression, Expression],
  scope: Scope,
): Sides | { readonly never: TypedValue } {
  const isFirstText = first.kind === 'string'
  const known = scope.typed(isFirstText ? second : first)
  const other = isFirstText ? first : second
  const beside = other.kind === 'string' && isTemporal(known.type)
  const value = beside ? timeLiteral(other.value, known.type, scope) : scope.typed(other)
  if (!value) return { never: known }
  return isFirstText ? [value, known] : [known, value]
}

function timeLiteral(text: string, type: SqlType, scope: Scope): TypedValue | undefined {
  const stored = readTime(text, type)
  if (stored === null) return undefined
  return { sql: `${scope.parameters.text(String(stored))}::${storedType(type)}`, type }
}

/** The observed server answers NOT LIKE with the rows that do match: refused, not copied. */
export const notLike = 'NOT LIKE is answered wrongly by ksqlDB and refused here'

/** LIKE: false where a side is NULL. */
export function compileLike({ of, pattern, escape }: Like, scope: Scope): TypedValue {
  const [text, like] = [scope.typed(of), scope.typed(pattern)]
  if (text.type.kind !== 'STRING' || like.type.kind !== 'STRING') {
    throw scope.refuse('LIKE compares text with text')
  }
  if (escape !== null && (pattern.kind !== 'string' || endsEscaping(pattern.value, escape))) {
    throw scope.refuse('ESCAPE wants a pattern that is written out and does not end in it')
  }
  const escaping = scope.parameters.text(escape ?? '')
  return {
    sql: `coalesce(${text.sql} like ${like.sql} escape ${escaping}, false)`,
    type: { kind: 'BOOLEAN' },
  }
}

/** Whether the last of the pattern escapes what is not there. */
function endsEscaping(pattern: string, escape: string): boolean {
  const signs = [...pattern]
  let at = 0
  while (at < signs.length) at += signs[at] === escape ? 2 : 1
  return at > signs.length
}
