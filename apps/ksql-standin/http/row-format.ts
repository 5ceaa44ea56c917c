import { mediaTypes } from '#apps/ksql-standin/http/accept'
import type { Column } from '#apps/ksql-standin/sql/sql-type'
import { schemaText, typeText } from '#apps/ksql-standin/sql/type-text'

/** How the rows of an answer are written. */
export interface RowFormat {
  readonly contentType: string
  header(queryId: string, columns: readonly Column[]): string
  /** A row of values that are JSON already. */
  row(values: readonly string[]): string
  readonly end: string
}

export type FormatName = 'v1' | 'delimited' | 'array'

const metadata = (queryId: string, columns: readonly Column[]): string =>
  JSON.stringify({
    queryId,
    columnNames: columns.map(({ name }) => name),
    columnTypes: columns.map(({ type }) => typeText(type)),
  })

export const rowFormats: Readonly<Record<FormatName, RowFormat>> = {
  v1: {
    contentType: mediaTypes.v1,
    header: (queryId, columns) =>
      `[${JSON.stringify({ header: { queryId, schema: schemaText(columns) } })}`,
    row: (values) => `,\n{"row":{"columns":[${values.join(',')}]}}`,
    end: ']',
  },
  delimited: {
    contentType: mediaTypes.delimited,
    header: (queryId, columns) => `${metadata(queryId, columns)}\n`,
    row: (values) => `[${values.join(',')}]\n`,
    end: '',
  },
  array: {
    contentType: mediaTypes.json,
    header: (queryId, columns) => `[${metadata(queryId, columns)}`,
    row: (values) => `,[${values.join(',')}]`,
    end: ']',
  },
}
