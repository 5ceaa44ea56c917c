import { fitsBigint, fitsInteger } from '#apps/ksql-standin/sql/pull/compile-literal'
import type { SqlType } from '#apps/ksql-standin/sql/sql-type'
import type { Expression } from '#apps/ksql-standin/sql/syntax'

/** A value that is known without any row. */
export type Constant = string | bigint | number

/** Undefined: it needs a row, or is not worked out here. */
export function constantOf(of: Expression): Constant | undefined {
  switch (of.kind) {
    case 'string':
      return of.value
    case 'integer':
      return BigInt(of.digits)
    case 'double':
      return Number(of.digits)
    case 'call':
      return of.name === 'CONCAT' ? joined(of.args) : undefined
    case 'arithmetic': {
      const [left, right] = [constantOf(of.left), constantOf(of.right)]
      if (typeof left !== 'bigint' || typeof right !== 'bigint') return undefined
      if (of.operator === '+') return left + right
      if (of.operator === '-') return left - right
      return of.operator === '*' ? left * right : undefined
    }
    case 'negative': {
      const value = constantOf(of.of)
      return typeof value === 'bigint' ? -value : undefined
    }
    case 'decimal':
    case 'boolean':
    case 'null':
    case 'column':
    case 'member':
    case 'subscript':
    case 'comparison':
    case 'logical':
    case 'not':
    case 'like':
    case 'in':
    case 'between':
    case 'isNull':
    case 'case':
    case 'cast':
    case 'struct':
    case 'array':
    case 'map':
      return undefined
  }
}

function joined(args: readonly Expression[]): string | undefined {
  const texts = args.map(constantOf)
  return texts.every((text) => typeof text === 'string') ? texts.join('') : undefined
}

/** The text of a constant as a key of this type; undefined: it is none. */
export function keyText(constant: Constant, { kind }: SqlType): string | undefined {
  if (kind === 'STRING') return typeof constant === 'string' ? constant : undefined
  if (kind === 'DOUBLE') return typeof constant === 'string' ? undefined : String(constant)
  if (typeof constant !== 'bigint') return undefined
  const isOne = kind === 'INTEGER' ? fitsInteger(constant) : fitsBigint(constant)
  return isOne ? String(constant) : undefined
}
