import type { Cell, ColumnKind, ProjectedTable } from '#apps/platform/projection/projected-table'

/** What writes any number of rows of a table at once: a parameter for each column, an array. */
export interface TableStatement {
  /** Of the prepared statement. */
  readonly name: string
  readonly text: string
}

const arrayTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text[]',
  integer: 'integer[]',
  bigint: 'bigint[]',
  instant: 'bigint[]',
}

/** Names are ours, never a record's. */
export const quoted = (name: string): string => `"${name}"`

export function tableStatement(
  schema: string,
  { name, columns, latestBy }: Pick<ProjectedTable, 'name' | 'columns' | 'latestBy'>,
): TableStatement {
  const names = columns.map((column) => quoted(column.name))
  const arrays = columns.map(({ kind }, index) => `$${index + 1}::${arrayTypes[kind]}`)
  const given = columns.map(({ kind }, index) =>
    kind === 'instant' ? `timestamptz 'epoch' + c${index} * interval '1 millisecond'` : `c${index}`,
  )
  const lines = [
    `insert into ${quoted(schema)}.${quoted(name)} (${names.join(', ')})`,
    `select ${given.join(', ')}`,
    `from unnest(${arrays.join(', ')}) as r (${columns.map((_, index) => `c${index}`).join(', ')})`,
  ]
  if (latestBy !== undefined) {
    const others = names.filter((column) => column !== quoted(latestBy))
    const changed = others.map((column) => `${column} = excluded.${column}`)
    lines.push(`on conflict (${quoted(latestBy)}) do update set ${changed.join(', ')}`)
  }
  return { name: `write ${schema}.${name}`, text: lines.join('\n') }
}

/** A text as Postgres can keep it: U+0000 is the one character that it cannot. */
export const keptText = (cell: Cell): Cell =>
  typeof cell === 'string' && cell.includes('\0') ? cell.replaceAll('\0', '\ufffd') : cell
