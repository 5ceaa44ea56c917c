import { constantOf } from '#apps/ksql-standin/sql/pull/constant'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { Comparison, Expression } from '#apps/ksql-standin/sql/syntax'

/**
 * How a condition narrows the key: to values (`keys`), by one bound (`range`), either of them on either side of an OR
 * (`keys`), or not at all (`none`). What mixes them is a `scan`, as for the observed server. `unknown`: to a value that
 * needs no row and is not worked out here, so that its partition is not known.
 */
export type KeyUse = 'keys' | 'range' | 'none' | 'scan' | 'unknown'

const isKey = (of: Expression, { columns }: Source) =>
  of.kind === 'column' && of.name === columns[0]!.name

/** The side of a comparison beside the key; undefined: the key is on none, or on both. */
export function besideKey({ left, right }: Comparison, source: Source): Expression | undefined {
  if (isKey(left, source)) return isKey(right, source) ? undefined : right
  return isKey(right, source) ? left : undefined
}

const hasColumn = (of: unknown): boolean =>
  typeof of === 'object' &&
  of !== null &&
  (('kind' in of && of.kind === 'column') || Object.values(of).some(hasColumn))

function comparisonUse(comparison: Comparison, source: Source): KeyUse {
  const beside = besideKey(comparison, source)
  if (beside === undefined) return 'none'
  if (constantOf(beside) === undefined) return hasColumn(beside) ? 'none' : 'unknown'
  if (comparison.operator === '=') return 'keys'
  return ['<', '<=', '>', '>='].includes(comparison.operator) ? 'range' : 'scan'
}

function listUse(items: readonly Expression[]): KeyUse {
  if (items.every((item) => constantOf(item) !== undefined)) return 'keys'
  return items.some(hasColumn) ? 'none' : 'unknown'
}

const isNarrow = (use: KeyUse) => use === 'keys' || use === 'range'

/** One narrow side is enough; two of them are more than the server takes as one look-up. */
const ofAll = (uses: readonly KeyUse[]): KeyUse => {
  const narrow = uses.filter(isNarrow)
  if (uses.includes('unknown')) return 'unknown'
  if (uses.includes('scan') || narrow.length > 1) return 'scan'
  return narrow[0] ?? 'none'
}

const ofAny = (uses: readonly KeyUse[]): KeyUse => {
  if (uses.every((use) => use === 'none')) return 'none'
  if (uses.includes('unknown')) return 'unknown'
  if (!uses.every(isNarrow)) return 'scan'
  return uses.includes('keys') ? 'keys' : 'range'
}

/** Of a condition of a WHERE. */
export function keyUse(of: Expression, source: Source): KeyUse {
  if (of.kind === 'logical') {
    const uses = of.operands.map((one) => keyUse(one, source))
    return of.operator === 'AND' ? ofAll(uses) : ofAny(uses)
  }
  if (of.kind === 'comparison') return comparisonUse(of, source)
  // Two bounds at once.
  if (of.kind === 'between') return isKey(of.of, source) ? 'scan' : 'none'
  return of.kind === 'in' && isKey(of.of, source) ? listUse(of.items) : 'none'
}
