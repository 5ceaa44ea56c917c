import { compare, compileLike, notLike } from '#apps/ksql-standin/sql/pull/compile-comparison'
import { constantOf, keyText } from '#apps/ksql-standin/sql/pull/constant'
import { keyBytes, partitionOf } from '#apps/ksql-standin/sql/pull/key-partition'
import { besideKey, keyUse } from '#apps/ksql-standin/sql/pull/key-use'
import type { Scope } from '#apps/ksql-standin/sql/pull/scope'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { Expression } from '#apps/ksql-standin/sql/syntax'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** A condition for Postgres, and whether every row may have to be looked at. */
export interface Where {
  readonly sql: string | null
  readonly isScan: boolean
}

export function compileWhere(where: Expression | null, scope: Scope): Where {
  if (!where) return { sql: null, isScan: true }
  // LIKE is taken alone, beside nothing.
  if (where.kind === 'like') return { sql: compileLike(where, scope).sql, isScan: true }
  const use = keyUse(where, scope.source)
  if (use === 'unknown') throw scope.refuse('the value of the key is not worked out here')
  const isScan = use === 'scan' || use === 'none'
  return { sql: condition(where, { scope, isScan }), isScan }
}

interface Conditions {
  readonly scope: Scope
  readonly isScan: boolean
}

/** Only what the observed server takes in a WHERE; NULL is false here. */
function condition(of: Expression, within: Conditions): string {
  const { scope } = within
  if (of.kind === 'logical') {
    return `(${of.operands.map((one) => condition(one, within)).join(` ${of.operator} `)})`
  }
  if (of.kind === 'comparison') {
    return lookedUp(of, within) ?? compare(of.operator, [of.left, of.right], scope)
  }
  if (of.kind === 'in') return oneOf(of, within)
  if (of.kind === 'between') {
    const low = compare('>=', [of.of, of.low], scope)
    return `(${low} and ${compare('<=', [of.of, of.high], scope)})`
  }
  throw scope.refuse(refusalOf(of))
}

function refusalOf(of: Expression): string {
  if (of.kind === 'not' && of.of.kind === 'like') return notLike
  if (of.kind === 'like') return 'LIKE stands alone in the WHERE of a pull query'
  if (of.kind === 'not') return 'NOT is no part of the WHERE of a pull query'
  if (of.kind === 'isNull') return 'IS NULL is no part of the WHERE of a pull query'
  return 'the WHERE of a pull query is made of comparisons'
}

/** The key against a value that is known: an equal one is looked for in its partition alone. */
function lookedUp(of: Of<'comparison'>, { scope, isScan }: Conditions): string | undefined {
  const beside = besideKey(of, scope.source)
  const isLookup = !isScan && beside !== undefined && constantOf(beside) !== undefined
  if (!isLookup) return undefined
  if (of.operator === '=') return inPartitions([keyOf(beside, scope)], scope)
  keyOf(beside, scope)
  return undefined
}

/** The text of a key; refused where the value is none. */
function keyOf(of: Expression, scope: Scope): string {
  const key = scope.source.columns[0]!
  const constant = constantOf(of)
  const text = constant === undefined ? undefined : keyText(constant, key.type)
  if (text === undefined) throw scope.refuse(`${key.name} is a ${key.type.kind}, the value is none`)
  return text
}

function oneOf(of: Of<'in'>, { scope, isScan }: Conditions): string {
  const isLookup = !isScan && keyUse(of, scope.source) === 'keys'
  if (isLookup) {
    return inPartitions(
      of.items.map((item) => keyOf(item, scope)),
      scope,
    )
  }
  return `(${of.items.map((item) => compare('=', [of.of, item], scope)).join(' or ')})`
}

/** These keys, each in the partition it hashes to. */
function inPartitions(keys: readonly string[], scope: Scope): string {
  const { columns, keyFormat, partitions } = scope.source
  const { type } = columns[0]!
  const byPartition = new Map<number, string[]>()
  for (const key of new Set(keys)) {
    const partition = partitionOf(keyBytes(key, type, keyFormat), partitions)
    const found = byPartition.get(partition)
    if (found) found.push(key)
    else byPartition.set(partition, [key])
  }
  const stored = type.kind === 'STRING' ? '' : `::${storedType(type)}`
  const parts = [...byPartition].map(([partition, found]) => {
    const values = found.map((key) => scope.parameters.text(key) + stored)
    const place = scope.parameters.text(String(partition))
    return `("partition" = ${place}::integer and "c0" in (${values.join(', ')}))`
  })
  return parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`
}
