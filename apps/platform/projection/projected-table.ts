import type { ProjectedRecord } from '#ports/projection-store'
import type { AnyTopic, Topic } from '#schemas/topic'

/** How Postgres keeps a column. `instant` is a timestamptz, given as milliseconds since the epoch. */
export type ColumnKind = 'text' | 'integer' | 'bigint' | 'instant'

/** What a cell holds: a text, a whole number, or nothing. */
export type Cell = string | number | null

/** A column of another name than the member it shows. */
interface Column<Row> {
  readonly kind: ColumnKind
  /** `offset`: of the record that it is a row of. */
  readonly of: (row: Row, offset: number) => Cell
}

/** By name; of a kind alone, a column shows the member of its name. */
type Columns<Row> = Readonly<Record<string, ColumnKind | Column<Row>>>

type Shown<Kind> = (Kind extends 'text' ? string : number) | null

/** The columns, where the rows have the members that they show; else what cannot be. */
type Fitting<Row, Given> = {
  readonly [Name in keyof Given]: Given[Name] extends ColumnKind
    ? Row extends Readonly<Record<Name, Shown<Given[Name]>>>
      ? Given[Name]
      : never
    : Given[Name]
}

/** A table that is filled from one topic. */
export interface ProjectedTable {
  readonly name: string
  readonly topic: AnyTopic
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[]
  /** The column by which only the latest row is kept; all are where there is none. */
  readonly latestBy: string | undefined
  /** The cells of what the records say, column by column. */
  cellsOf(records: readonly Told[]): readonly (readonly Cell[])[]
}

/** What a record says, and where it lies in its partition. */
export type Told = Pick<ProjectedRecord, 'value' | 'offset'>

interface Source<Value, Row> {
  readonly name: string
  readonly from: Topic<string, Value>
  /** The rows of a record, which may be none. Copies of a record's many members would cost more than all else. */
  readonly rows: (value: Value) => readonly Row[]
  /**
   * A column that names what a row is about: the table then holds one row of each, as the latest record tells it.
   * Records about one thing must lie in one partition, as those of one key do.
   */
  readonly latestBy?: string
}

/** Declares a table: which topic it is made from, its rows, its columns. Its migration creates it. */
export function projectedTable<Value, Row, const Given extends Columns<Row>>(
  { name, from, rows, latestBy }: Source<Value, Row>,
  given: Given & Fitting<Row, Given>,
): ProjectedTable {
  const columns = Object.entries<ColumnKind | Column<Row>>(given).map(([column, shown]) => {
    return { name: column, ...columnOf(column, shown) }
  })
  const key = columns.find((column) => column.name === latestBy)?.of
  return {
    name,
    topic: from,
    columns,
    latestBy,
    cellsOf(records) {
      const all: Row[] = []
      const offsets: number[] = []
      for (const { value, offset } of records) {
        for (const row of rows(value as Value)) {
          all.push(row)
          offsets.push(offset)
        }
      }
      if (!key) return columns.map(({ of }) => all.map((row, at) => of(row, offsets[at]!)))
      const kept = [...new Map(all.map((row, at) => [key(row, offsets[at]!), at])).values()]
      return columns.map(({ of }) => kept.map((at) => of(all[at]!, offsets[at]!)))
    },
  }
}

const columnOf = <Row>(name: string, given: ColumnKind | Column<Row>): Column<Row> =>
  typeof given === 'string' ? { kind: given, of: (row) => row[name as keyof Row] as Cell } : given
