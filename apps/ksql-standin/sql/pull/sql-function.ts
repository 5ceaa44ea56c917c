import type { Scope, TypedValue, Value } from '#apps/ksql-standin/sql/pull/scope'
import { storedType } from '#apps/ksql-standin/sql/source'
import type { ScalarKind } from '#apps/ksql-standin/sql/sql-type'
import { typeText } from '#apps/ksql-standin/sql/type-text'

/** A function of SQL: refuses arguments that it does not take. */
export type SqlFunction = (args: readonly Value[], scope: Scope) => TypedValue

/** Of exactly these types; NULL is one of any. */
export const typedAs =
  (
    kinds: readonly ScalarKind[],
    result: ScalarKind,
    sql: (args: readonly string[]) => string,
  ): SqlFunction =>
  (args, scope) => {
    const isMatch =
      args.length === kinds.length &&
      args.every(({ type }, at) => type === null || type.kind === kinds[at])
    if (!isMatch) throw scope.refuse(`it takes (${kinds.join(', ')}), not (${argumentText(args)})`)
    const typed = args.map((arg, at) =>
      arg.type === null ? `NULL::${storedType({ kind: kinds[at]! })}` : arg.sql,
    )
    return { sql: sql(typed), type: { kind: result } }
  }

export const argumentText = (args: readonly Value[]): string =>
  args.map(({ type }) => (type === null ? 'NULL' : typeText(type))).join(', ')
