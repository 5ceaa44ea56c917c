import { parseError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import { compileValue } from '#apps/ksql-standin/sql/pull/compile-value'
import { compileWhere } from '#apps/ksql-standin/sql/pull/compile-where'
import { project } from '#apps/ksql-standin/sql/pull/projection'
import { Parameters, type Scope } from '#apps/ksql-standin/sql/pull/scope'
import type { PullPlan } from '#apps/ksql-standin/sql/pull-plan'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { Select } from '#apps/ksql-standin/sql/syntax'

/** How a request wants its pull query answered. */
export interface PullSettings {
  /** As the request gave them; the server's own where it gave none. */
  readonly properties: Readonly<Record<string, unknown>>
  /** On `/query-stream`: a boolean given as text is refused. */
  readonly areTyped: boolean
}

const scanProperty = 'ksql.query.pull.table.scan.enabled'
const limitMax = 2 ** 31 - 1

/** Throws KsqlError where ksqlDB refuses the query, and where this is outside of what is answered here. */
export function planPull(
  select: Select,
  sources: ReadonlyMap<string, Source>,
  settings: PullSettings,
): PullPlan {
  const source = sources.get(select.source)
  if (!source) throw parseError(`there is no source ${select.source}`, select.text)
  checkClauses(select)
  const scope = scopeOf(select, source)
  const projected = project(select, scope)
  const { sql: where, isScan } = compileWhere(select.where, scope)
  if (isScan && !areScansOn(settings, select)) {
    throw statementError('every row would have to be looked at, and scans are off', select.text)
  }
  const limit = limitOf(select, scope)
  if (scope.parameters.areTooMany) throw scope.refuse('the query has too many values')
  const columns = projected.map(({ name, type, isKey }) => ({ name, type, isKey }))
  const text = [
    `select ${projected.map(({ sql }, at) => `${sql} as "r${at}"`).join(', ')}`,
    `from ${source.relation}`,
    ...(where === null ? [] : [`where ${where}`]),
    `order by ${order(source)}`,
    ...(limit === null ? [] : [`limit ${limit}`]),
  ].join(' ')
  return { source, columns, text, values: scope.parameters.values, isScan }
}

function checkClauses({ clauses, emit, text }: Select): void {
  if (emit === 'CHANGES') throw statementError('push queries are not answered here', text)
  const [clause] = emit === 'FINAL' ? ['EMIT FINAL'] : clauses
  if (clause !== undefined) throw statementError(`${clause} is no part of a pull query`, text)
}

function scopeOf(select: Select, source: Source): Scope {
  const scope: Scope = {
    source,
    qualifiers: [select.alias ?? source.name],
    parameters: new Parameters(),
    refuse: (message) => statementError(message, select.text),
    value: (of) => compileValue(of, scope),
    typed(of) {
      const { sql, type } = compileValue(of, scope)
      if (!type) throw scope.refuse('NULL has no meaning here')
      return { sql, type }
    },
  }
  return scope
}

function areScansOn({ properties, areTyped }: PullSettings, { text }: Select): boolean {
  const value = properties[scanProperty] ?? true
  if (typeof value === 'boolean') return value
  const isText = typeof value === 'string' && /^(true|false)$/i.test(value)
  if (areTyped || !isText) throw statementError(`${scanProperty} is no boolean`, text)
  return value.toLowerCase() === 'true'
}

function limitOf({ limit }: Select, scope: Scope): string | null {
  if (limit === null) return null
  const rows = BigInt(limit)
  if (rows < 0n || rows > limitMax) throw scope.refuse(`LIMIT ${limit} has no meaning`)
  return `${scope.parameters.text(limit)}::bigint`
}

/** Inside a partition by the bytes of the key: of whole numbers those below zero come last. */
function order({ columns, keyFormat }: Source): string {
  const { kind } = columns[0]!.type
  const isWhole = keyFormat === 'KAFKA' && (kind === 'INTEGER' || kind === 'BIGINT')
  return `"partition", ${isWhole ? '"c0" < 0, ' : ''}"c0"`
}
