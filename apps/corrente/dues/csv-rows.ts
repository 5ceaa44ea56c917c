import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse'
import { UsageError } from '#apps/corrente/command'

/** A row of the file below its header: its cells by column, without spaces around; those left empty are absent. */
export interface CsvRow {
  /** Where it begins; the first line of the file is 1. */
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/** A row that is none: why, without what is in it. */
export interface BrokenRow {
  readonly line: number
  readonly problem: string
}

/** The columns a file may have. */
export interface Columns {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

const headBytes = 64 * 1024
/** A row is a line, or a few; beyond this somebody forgot a quote. */
const rowCharactersMax = 64 * 1024

const problems: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'has a quote within a quoted cell that is not doubled',
  INVALID_OPENING_QUOTE: 'has a quote within a cell that does not begin with one',
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
  CSV_MAX_RECORD_SIZE: `is longer than ${rowCharactersMax} characters: is a quote not closed?`,
}

/**
 * The rows of a CSV file (RFC 4180, in UTF-8 with or without a mark, cells separated by `;` or `,`), read as they are
 * asked for; behind a row whose quotes are wrong nobody knows where the next begins, and nothing is read. Columns the
 * file has beside those that are known are passed over; `onIgnored` is told which by their numbers, since without a
 * header their names would be somebody's data. Throws UsageError where a column is missing, or it is not in UTF-8.
 */
export async function* csvRows(
  file: string,
  columns: Columns,
  onIgnored: (numbers: readonly number[]) => void,
): AsyncGenerator<CsvRow | BrokenRow> {
  await expectUtf8(file)
  let problem: string | undefined
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(file),
    raw: true,
    relax_column_count: true,
    max_record_size: rowCharactersMax,
    // An error would take away rows before it that wait to be read.
    skip_records_with_error: true,
    on_skip: (error) => void (problem ??= problems[error?.code ?? ''] ?? 'is no row of a CSV file'),
    on_record: (record: string[]) => (problem === undefined ? record : null),
  })
  const source = createReadStream(file)
  source.on('error', (error) => parser.destroy(error)).pipe(parser)
  let line = 1
  let header: readonly string[] | undefined
  try {
    for await (const { record, raw } of parser as AsyncIterable<{
      record: string[]
      raw: string
    }>) {
      const begin = line
      line += raw.match(/\r\n|\r|\n/g)?.length ?? 0
      if (header === undefined) {
        header = headerOf(record, columns)
        onIgnored(header.flatMap((name, at) => (isKnown(name, columns) ? [] : [at + 1])))
      } else if (record.length > 1 || record[0]?.trim()) yield rowOf(begin, header, record)
    }
  } finally {
    source.destroy()
  }
  if (header === undefined) headerOf([], columns)
  if (problem !== undefined) yield { line, problem: `${problem}; nothing from here on was read` }
}

/** The whole file, before any of it is used: one saved otherwise would be taken in half. */
async function expectUtf8(file: string): Promise<void> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  const lenient = new TextDecoder('utf-8')
  let line = 1
  const newLines = (text: string) => text.split('\n').length - 1
  for await (const chunk of createReadStream(file)) {
    const text = lenient.decode(chunk as Buffer, { stream: true })
    try {
      strict.decode(chunk as Buffer, { stream: true })
    } catch {
      line += newLines(text.slice(0, text.indexOf('\uFFFD')))
      throw new UsageError(`the file is not in UTF-8, by line ${line}: save it as CSV UTF-8`)
    }
    line += newLines(text)
  }
}

/** What separates the names of the header; no column of ours has either in its name. */
async function delimiterOf(file: string): Promise<';' | ','> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const [first = ''] = buffer.toString('latin1', 0, bytesRead).split(/[\r\n]/, 1)
    return first.split(';').length > first.split(',').length ? ';' : ','
  } finally {
    await handle.close()
  }
}

const isKnown = (name: string, { required, optional }: Columns) =>
  required.includes(name) || optional.includes(name)

function headerOf(record: readonly string[], columns: Columns): readonly string[] {
  const header = record.map((name) => name.trim().toLowerCase())
  const missing = columns.required.filter((name) => !header.includes(name))
  if (missing.length > 0) throw new UsageError(`the file has no column ${missing.join(', ')}`)
  const twice = header.find((name, at) => isKnown(name, columns) && header.indexOf(name) !== at)
  if (twice !== undefined) throw new UsageError(`the file has the column ${twice} twice`)
  return header
}

function rowOf(
  line: number,
  header: readonly string[],
  record: readonly string[],
): CsvRow | BrokenRow {
  if (record.length !== header.length) {
    const problem = `has ${record.length} cells, and the header ${header.length}`
    return { line, problem }
  }
  const cells = record.map((cell, at): [string, string] => [header[at]!, cell.trim()])
  return { line, cells: new Map(cells.filter(([, cell]) => cell !== '')) }
}
