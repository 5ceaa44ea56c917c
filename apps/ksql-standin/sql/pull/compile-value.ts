import { choiceFunctions } from '#apps/ksql-standin/sql/pull/choice-functions'
import { valuesOfOneType } from '#apps/ksql-standin/sql/pull/one-type'
import { compileArithmetic, compileNegative } from '#apps/ksql-standin/sql/pull/compile-arithmetic'
import { compileCast } from '#apps/ksql-standin/sql/pull/compile-cast'
import {
  compare,
  comparison,
  compileLike,
  notLike,
} from '#apps/ksql-standin/sql/pull/compile-comparison'
import { compileLiteral } from '#apps/ksql-standin/sql/pull/compile-literal'
import * as nested from '#apps/ksql-standin/sql/pull/compile-nested'
import { numberFunctions } from '#apps/ksql-standin/sql/pull/number-functions'
import type { Scope, TypedValue, Value } from '#apps/ksql-standin/sql/pull/scope'
import type { SqlFunction } from '#apps/ksql-standin/sql/pull/sql-function'
import { textFunctions } from '#apps/ksql-standin/sql/pull/text-functions'
import { clockFunctions, timeFunctions } from '#apps/ksql-standin/sql/pull/time-functions'
import type { Call, Case, Expression } from '#apps/ksql-standin/sql/syntax'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

const functions: ReadonlyMap<string, SqlFunction> = new Map([
  ...textFunctions,
  ...numberFunctions,
  ...choiceFunctions,
  ...clockFunctions,
])

/** An expression as a value for Postgres; refuses what has no meaning, and what is not known here. */
export function compileValue(of: Expression, scope: Scope): Value {
  switch (of.kind) {
    case 'string':
    case 'integer':
    case 'decimal':
    case 'double':
    case 'boolean':
    case 'null':
      return compileLiteral(of, scope)
    case 'column':
      return compileColumn(of, scope)
    case 'member':
      return nested.compileMember(of, scope)
    case 'subscript':
      return nested.compileSubscript(of, scope)
    case 'struct':
      return nested.compileStruct(of, scope)
    case 'array':
      return nested.compileArray(of, scope)
    case 'map':
      return nested.compileMap(of, scope)
    case 'negative':
      return compileNegative(of.of, scope)
    case 'arithmetic':
      return compileArithmetic(of, scope)
    case 'cast':
      return compileCast(of, scope)
    case 'call':
      return compileCall(of, scope)
    case 'case':
      return compileCase(of, scope)
    case 'comparison':
    case 'logical':
    case 'not':
    case 'like':
    case 'in':
    case 'between':
    case 'isNull':
      return compileTruth(of, scope)
  }
}

const boolean = (sql: string): TypedValue => ({ sql, type: { kind: 'BOOLEAN' } })

function compileTruth(
  of: Of<'comparison' | 'logical' | 'not' | 'like' | 'in' | 'between' | 'isNull'>,
  scope: Scope,
): TypedValue {
  switch (of.kind) {
    case 'comparison':
      return comparison(of.operator, [of.left, of.right], scope)
    case 'logical':
      return boolean(`(${of.operands.map((one) => truth(one, scope)).join(` ${of.operator} `)})`)
    case 'not':
      if (of.of.kind === 'like') throw scope.refuse(notLike)
      return boolean(`(not ${truth(of.of, scope)})`)
    case 'like':
      return compileLike(of, scope)
    case 'in':
      return boolean(
        `(${of.items.map((item) => comparison('=', [of.of, item], scope).sql).join(' or ')})`,
      )
    case 'between': {
      const [low, high] = [
        compare('>=', [of.of, of.low], scope),
        compare('<=', [of.of, of.high], scope),
      ]
      return boolean(`coalesce(${low} and ${high}, false)`)
    }
    case 'isNull':
      return boolean(`(${scope.typed(of.of).sql} is ${of.isNegated ? 'not ' : ''}null)`)
  }
}

function truth(of: Expression, scope: Scope): string {
  const { sql, type } = scope.typed(of)
  if (type.kind !== 'BOOLEAN') throw scope.refuse(`${type.kind} is neither true nor false`)
  return sql
}

function compileColumn({ qualifier, name }: Of<'column'>, scope: Scope): TypedValue {
  if (qualifier !== null && !scope.qualifiers.includes(qualifier)) {
    throw scope.refuse(`there is no source ${qualifier} in this query`)
  }
  if (name === 'ROWTIME') return { sql: '"rowtime"', type: { kind: 'BIGINT' } }
  const at = scope.source.columns.findIndex((column) => column.name === name)
  if (at < 0) throw scope.refuse(`there is no column ${name} in ${scope.source.name}`)
  return { sql: `"c${at}"`, type: scope.source.columns[at]!.type }
}

function compileCall({ name, args, isStar }: Call, scope: Scope): TypedValue {
  if (isStar) throw scope.refuse(`${name}(*) is no part of a pull query`)
  const ofTime = timeFunctions.get(name)
  if (ofTime) return ofTime(args, scope)
  const found = functions.get(name)
  if (!found)
    throw scope.refuse(`the function ${name} is not known here, or no part of a pull query`)
  return found(
    args.map((arg) => scope.value(arg)),
    scope,
  )
}

function compileCase({ operand, whens, otherwise }: Case, scope: Scope): TypedValue {
  if (operand) throw scope.refuse('CASE <value> WHEN is no part of a pull query')
  const conditions = whens.map(({ when }) => truth(when, scope))
  const results = whens.map(({ then }) => scope.value(then))
  const rest: Value = otherwise ? scope.value(otherwise) : { sql: 'NULL', type: null }
  const { values, type } = valuesOfOneType([...results, rest], scope)
  const cases = conditions.map((condition, at) => `when ${condition} then ${values[at]}`)
  return { sql: `(case ${cases.join(' ')} else ${values.at(-1)} end)`, type }
}
