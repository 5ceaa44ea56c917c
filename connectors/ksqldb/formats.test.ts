import { describe, expect, it } from 'vitest'
import {
  delimitedAnswer,
  exampleRows,
  v1Answer,
  v1Header,
} from '#connectors/ksqldb/example-answers'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import { type AnswerFormat, delimitedFormat, v1Format } from '#connectors/ksqldb/formats'
import { Lines } from '#connectors/ksqldb/lines'
import type { KsqlRow } from '#ports/ksqldb'

/** The rows of an answer that comes in these chunks. */
function rowsIn(format: AnswerFormat, chunks: readonly Buffer[]): KsqlRow[] {
  const lines = new Lines(10_000)
  const reader = format.reader()
  const rows = chunks.flatMap((chunk) => lines.push(chunk).map((line) => reader.line(line)))
  return [...rows, reader.end(lines.rest())].filter((row) => row !== undefined)
}

describe.each([
  ['v1', v1Format, v1Answer],
  ['delimited', delimitedFormat, delimitedAnswer],
] as const)('an answer in the form %s', (_name, format, answerOf) => {
  const answer = answerOf()

  it('is the same rows wherever it is cut in two, also inside a character', () => {
    for (let at = 0; at <= answer.length; at += 1) {
      const chunks = [answer.subarray(0, at), answer.subarray(at)]
      expect(rowsIn(format, chunks), `cut at ${at}`).toEqual(exampleRows)
    }
  })

  it('is the same rows byte by byte, and in one piece', () => {
    const bytes = Array.from(answer, (_, at) => answer.subarray(at, at + 1))
    expect(rowsIn(format, bytes)).toEqual(exampleRows)
    expect(rowsIn(format, [answer])).toEqual(exampleRows)
  })

  it('may have no row', () => expect(rowsIn(format, [answerOf([])])).toEqual([]))

  it('is refused where it ends too early, wherever that is seen', () => {
    const text = answer.toString('latin1')
    for (let at = 0; at < answer.length; at += 1) {
      // Between two rows the delimited form looks as at its end: there the stream itself must tell.
      if (format === delimitedFormat && text[at - 1] === '\n') continue
      expect(() => rowsIn(format, [answer.subarray(0, at)]), `ends at ${at}`).toThrow(
        KsqlUnavailable,
      )
    }
  })

  it('is refused where it is no UTF-8', () => {
    const spoiled = Buffer.from(answer)
    spoiled[answer.indexOf('é')] = 0xff
    expect(() => rowsIn(format, [spoiled])).toThrow('is not UTF-8')
  })

  it('is refused where a row has other types, or other columns, without showing its values', () => {
    for (const row of [
      '["secret",1,2,3.00,null,null]',
      '["secret"]',
      '{"a":"secret"}',
      '"secret"',
    ]) {
      const refused = () => rowsIn(format, [answerOf([row])])
      expect(refused).toThrow(KsqlUnavailable)
      expect(refused).not.toThrow(/secret/)
    }
  })

  it('is refused where a line does not end', () => {
    const long = `["${'x'.repeat(20_000)}","",1,1.00,null,null]`
    const chunks = [answerOf([long]).subarray(0, 15_000)]
    expect(() => rowsIn(format, chunks)).toThrow('a line of more than 10000 bytes')
  })
})

describe('an error behind a 200', () => {
  const error = '{"@type":"generic_error","error_code":50000,"message":"secret"}'
  const refused = new KsqlUnavailable('ksqlDB answered 500 (50000)')

  it('is thrown, in both forms', () => {
    const v1 = Buffer.from(`[${v1Header},\n{"errorMessage":${error}}]`)
    expect(() => rowsIn(v1Format, [v1])).toThrow(refused)
    const delimited = Buffer.concat([delimitedAnswer(), Buffer.from(`${error}\n`)])
    expect(() => rowsIn(delimitedFormat, [delimited])).toThrow(refused)
  })

  it('is thrown, too, where it is in no known form', () => {
    const v1 = Buffer.from(`[${v1Header},\n{"status":"ERROR"}]`)
    expect(() => rowsIn(v1Format, [v1])).toThrow('broke off its answer')
  })
})

it('a message at the end of v1 is no row', () => {
  const text = v1Answer().toString().replace(/]$/, ',\n{"finalMessage":"Limit Reached"}]')
  expect(rowsIn(v1Format, [Buffer.from(text)])).toEqual(exampleRows)
})
