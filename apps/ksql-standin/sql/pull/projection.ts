import type { Scope } from '#apps/ksql-standin/sql/pull/scope'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { Column } from '#apps/ksql-standin/sql/sql-type'
import type { Expression, Select, SelectItem } from '#apps/ksql-standin/sql/syntax'

/** A column of the answer and where it comes from. */
export interface Projected extends Column {
  readonly sql: string
}

/** Names of columns that were given none, as the observed server numbers them. */
class Naming {
  readonly #taken: Set<string>
  #unnamed = 0

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken)
  }

  nameOf(of: Expression): string {
    if (of.kind === 'column') return of.name
    if (of.kind === 'member') return this.#member(of.name)
    return this.#next()
  }

  #next(): string {
    const name = `KSQL_COL_${this.#unnamed++}`
    return this.#taken.has(name) ? this.#next() : name
  }

  #member(name: string): string {
    let free = name
    for (let count = 1; this.#taken.has(free); count++) free = `${name}_${count}`
    this.#taken.add(free)
    return free
  }
}

/** What `*` means, by source: the same at every query. */
const wholes = new WeakMap<Source, readonly Projected[]>()

function star(qualifier: string | null, scope: Scope): readonly Projected[] {
  if (qualifier !== null && !scope.qualifiers.includes(qualifier)) {
    throw scope.refuse(`there is no source ${qualifier} in this query`)
  }
  const known = wholes.get(scope.source)
  if (known) return known
  const whole = scope.source.columns.map(({ name, type, isKey }, at) => ({
    name,
    type,
    isKey,
    sql: `"c${at}"`,
  }))
  wholes.set(scope.source, whole)
  return whole
}

function values(items: readonly SelectItem[], scope: Scope): readonly Projected[] {
  const naming = new Naming(scope.source.columns.map(({ name }) => name))
  const key = scope.source.columns[0]!.name
  return items.map((item) => {
    // What the server says of a query, not of a statement that is wrong in itself.
    if (item.kind === 'star') throw scope.refuse('* stands alone in a pull query')
    const { sql, type } = scope.typed(item.of)
    const name = item.alias ?? naming.nameOf(item.of)
    const isKey = item.of.kind === 'column' && item.of.name === key && name === key
    return { name, type, isKey, sql }
  })
}

/** The columns of the answer. */
export function project({ items }: Select, scope: Scope): readonly Projected[] {
  const [only] = items
  const isStar = items.length === 1 && only?.kind === 'star'
  const columns = isStar ? star(only.qualifier, scope) : values(items, scope)
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice !== undefined) throw scope.refuse(`two columns are named ${twice}`)
  return columns
}
