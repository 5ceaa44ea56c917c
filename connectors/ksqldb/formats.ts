import { z } from 'zod'
import { type Column, parseColumns, parseType } from '#connectors/ksqldb/column-types'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import { readKeepingNumbers, rowReaderOf } from '#connectors/ksqldb/mapping'
import { refusalIn } from '#connectors/ksqldb/refusal'
import type { KsqlOptions, KsqlRow } from '#ports/ksqldb'
import { isObject } from '#schemas/plain-json'

/** Reads the answer to one query line by line. Throws KsqlUnavailable where it is not in its form. */
export interface AnswerReader {
  /** The row on a line, if there is one. */
  line(text: string): KsqlRow | undefined
  /** The same of what came behind the last line; throws where the answer was cut short. */
  end(text: string): KsqlRow | undefined
}

/** A form in which ksqlDB answers queries. */
export interface AnswerFormat {
  readonly path: string
  /** The media type, of the request and of the answer. */
  readonly type: string
  body(query: string, properties: KsqlOptions['properties']): string
  reader(): AnswerReader
}

const broken = (what: string) => new KsqlUnavailable(`ksqlDB's answer is not in its form: ${what}`)
const cutShort = () => new KsqlUnavailable("ksqlDB's answer was cut short")

function parsed(text: string): unknown {
  try {
    return readKeepingNumbers(text)
  } catch {
    throw broken('a line that is no JSON')
  }
}

function rowsOf(columns: () => readonly Column[]): (values: unknown) => KsqlRow {
  try {
    return rowReaderOf(columns())
  } catch {
    throw broken('a header that is not understood')
  }
}

function rowOf(readRow: ((values: unknown) => KsqlRow) | undefined, values: unknown): KsqlRow {
  if (!readRow) throw broken('a row before the header')
  try {
    return readRow(values)
  } catch (error) {
    throw broken(`a row ${(error as Error).message}`)
  }
}

// Numbers of an error came as their texts.
const errorIn = (json: unknown): Error => {
  const { error_code: code, ...rest } = isObject(json) ? json : {}
  return refusalIn({ ...rest, error_code: Number(Array.isArray(code) ? code[0] : NaN) })
}

const V1Header = z.object({ schema: z.string() })

/** `[{header},\n{row},\n{row}]`: a bracket says that it is all. */
class V1Reader implements AnswerReader {
  #readRow: ((values: unknown) => KsqlRow) | undefined
  #state: 'before' | 'within' | 'over' = 'before'

  line(text: string): KsqlRow | undefined {
    if (text.trim() === '') return undefined
    if (this.#state === 'over') throw broken('something behind its end')
    const from = this.#state === 'before' ? 1 : 0
    if (from === 1 && !text.startsWith('[')) throw broken('no list')
    const mark = text.at(-1)
    if (mark !== ',' && mark !== ']') throw broken('a line that is no part of a list')
    this.#state = mark === ']' ? 'over' : 'within'
    const object = text.slice(from, -1)
    return object.trim() === '' ? undefined : this.#object(parsed(object))
  }

  end(text: string): KsqlRow | undefined {
    if (text.trim() !== '' && !text.endsWith(']')) throw cutShort()
    const row = this.line(text)
    if (this.#state !== 'over') throw cutShort()
    if (!this.#readRow) throw broken('no header')
    return row
  }

  #object(json: unknown): KsqlRow | undefined {
    if (!isObject(json)) throw broken('a part that is no object')
    if ('errorMessage' in json) throw errorIn(json['errorMessage'])
    if ('header' in json) {
      const { schema } = understood(V1Header, json['header'])
      this.#readRow = rowsOf(() => parseColumns(schema))
      return undefined
    }
    if ('row' in json) return rowOf(this.#readRow, columnsIn(json['row']))
    if ('finalMessage' in json) return undefined
    throw errorIn(json)
  }
}

// Only a push query tells of rows that are gone.
function columnsIn(row: unknown): unknown {
  if (!isObject(row) || row['tombstone']) throw broken('a row that is not understood')
  return row['columns']
}

function understood<T>(shape: z.ZodType<T>, json: unknown): T {
  const result = shape.safeParse(json)
  if (!result.success) throw broken('a part that is not understood')
  return result.data
}

/** The answers of `/query`. */
export const v1Format: AnswerFormat = {
  path: '/query',
  type: 'application/vnd.ksql.v1+json',
  body: (ksql, streamsProperties = {}) => JSON.stringify({ ksql, streamsProperties }),
  reader: () => new V1Reader(),
}

const DelimitedHeader = z.object({
  columnNames: z.array(z.string()),
  columnTypes: z.array(z.string()),
})

/** A header, then a row a line, each ended by a newline. Nothing says that it is all but the end of the stream. */
class DelimitedReader implements AnswerReader {
  #readRow: ((values: unknown) => KsqlRow) | undefined

  line(text: string): KsqlRow | undefined {
    if (text.trim() === '') return undefined
    const json = parsed(text)
    if (Array.isArray(json)) return rowOf(this.#readRow, json)
    if (!isObject(json)) throw broken('a line that is neither header nor row')
    // Beside rows the server may say where it stands.
    if ('continuationToken' in json || 'consistencyToken' in json) return undefined
    if (this.#readRow || !('columnNames' in json)) throw errorIn(json)
    const { columnNames, columnTypes } = understood(DelimitedHeader, json)
    if (columnNames.length !== columnTypes.length) throw broken('a header that is not understood')
    this.#readRow = rowsOf(() =>
      columnNames.map((name, at) => ({ name, type: parseType(columnTypes[at]!) })),
    )
    return undefined
  }

  end(text: string): undefined {
    if (text !== '' || !this.#readRow) throw cutShort()
  }
}

/** The answers of `/query-stream`. */
export const delimitedFormat: AnswerFormat = {
  path: '/query-stream',
  type: 'application/vnd.ksqlapi.delimited.v1',
  body: (sql, properties = {}) => JSON.stringify({ sql, properties }),
  reader: () => new DelimitedReader(),
}
