import type { AnswerFormat, AnswerReader } from '#connectors/ksqldb/formats'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import { Exchange } from '#connectors/ksqldb/exchange'
import { Lines } from '#connectors/ksqldb/lines'
import { refusalOf } from '#connectors/ksqldb/refusal'
import type { Transport, TransportAnswer, TransportRequest } from '#connectors/ksqldb/transport'
import type { KsqlOptions, KsqlRow } from '#ports/ksqldb'

const lineBytesMax = 8_000_000
const answerBytesMax = 16_000_000

export interface Limits {
  readonly first_row_ms: number
  readonly idle_ms: number
}

interface Ask {
  readonly transport: Transport
  readonly limits: Limits
  readonly signal?: AbortSignal | undefined
}

/** The rows of one query, chunk by chunk, each when it is asked for. Leaving early breaks the query off. */
export async function* rowsOf(
  format: AnswerFormat,
  query: string,
  { properties, ...ask }: Ask & KsqlOptions,
): AsyncGenerator<readonly KsqlRow[], void, undefined> {
  const exchange = new Exchange(ask)
  const firstRowBy = performance.now() + ask.limits.first_row_ms
  try {
    const answer = await exchange.send(
      {
        method: 'POST',
        path: format.path,
        accept: format.type,
        body: format.body(query, properties),
      },
      ask.limits.first_row_ms,
    )
    await checkAnswer(answer, format.type, { exchange, limits: ask.limits })
    yield* rowsIn(answer, format.reader(), {
      next: (chunks, hasRow) =>
        exchange.next(chunks, hasRow ? ask.limits.idle_ms : firstRowBy - performance.now()),
    })
  } finally {
    exchange.end()
  }
}

interface Chunks {
  readonly next: (chunks: AsyncIterator<Buffer>, hasRow: boolean) => Promise<Buffer | undefined>
}

async function* rowsIn(
  answer: TransportAnswer,
  reader: AnswerReader,
  { next }: Chunks,
): AsyncGenerator<readonly KsqlRow[], void, undefined> {
  const chunks = chunksOf(answer)
  const lines = new Lines(lineBytesMax)
  const found = (texts: readonly string[]) =>
    texts.map((text) => reader.line(text)).filter((row) => row !== undefined)
  let hasRow = false
  for (;;) {
    const chunk = await next(chunks, hasRow)
    if (chunk === undefined) break
    const rows = found(lines.push(chunk))
    hasRow ||= rows.length > 0
    if (rows.length > 0) yield rows
  }
  if (!answer.isWhole()) throw new KsqlUnavailable("ksqlDB's answer was cut short")
  const last = reader.end(lines.rest())
  if (last) yield [last]
}

const chunksOf = ({ body }: TransportAnswer): AsyncIterator<Buffer> =>
  body[Symbol.asyncIterator]() as AsyncIterator<Buffer>

interface Reading {
  readonly exchange: Exchange
  readonly limits: Limits
}

/** Throws what an answer means that is not 200, or that is not in the form that was asked for. */
async function checkAnswer(answer: TransportAnswer, type: string, reading: Reading): Promise<void> {
  if (answer.status !== 200) throw refusalOf(answer.status, await textOf(answer, reading))
  const [given = ''] = answer.type.split(';')
  if (given.trim().toLowerCase() === type) return
  throw new KsqlUnavailable(`ksqlDB's address answered 200 with ${shown(given)}`)
}

const shown = (type: string) => (/^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'no known type')

async function textOf(answer: TransportAnswer, { exchange, limits }: Reading): Promise<string> {
  const chunks = chunksOf(answer)
  const kept: Buffer[] = []
  let bytes = 0
  for (;;) {
    const chunk = await exchange.next(chunks, limits.idle_ms)
    if (chunk === undefined) break
    bytes += chunk.length
    if (bytes > answerBytesMax) throw new KsqlUnavailable('ksqlDB answered too much')
    kept.push(chunk)
  }
  if (!answer.isWhole()) throw new KsqlUnavailable("ksqlDB's answer was cut short")
  return Buffer.concat(kept).toString('utf8')
}

/** The JSON answered to one request that is no query. */
export async function jsonOf(
  request: Omit<TransportRequest, 'signal' | 'accept'>,
  ask: Ask,
): Promise<unknown> {
  const exchange = new Exchange(ask)
  const reading = { exchange, limits: ask.limits }
  try {
    const accept = 'application/json'
    const answer = await exchange.send({ ...request, accept }, ask.limits.first_row_ms)
    await checkAnswer(answer, accept, reading)
    return JSON.parse(await textOf(answer, reading)) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw new KsqlUnavailable('ksqlDB answered no JSON')
    throw error
  } finally {
    exchange.end()
  }
}
