import { describe, expect, it } from 'vitest'
import { wholeCsv } from '#streams/exports/csv/csv-samples'
import { readChunk } from '#streams/exports/csv/read-chunk'

const content = Buffer.from('\uFEFFa;b\r\n1;"ñ\r\n2"\r\n\r\n3;x\r\n4;漢')
const whole = await wholeCsv(content)
const [first, second, third] = whole.records
const chunk = {
  number: 7,
  firstRecord: 0,
  firstLine: first!.line,
  records: 2,
  from: first!.from,
  to: second!.to,
}
const bytes = content.subarray(chunk.from, chunk.to)

const rejection = (members: object) => expect.objectContaining(members) as unknown as Error

describe('a chunk of a CSV', () => {
  it('has the records of the file, from its bytes alone', () => {
    expect(readChunk(bytes, chunk, whole.format)).toEqual([first, second])
    expect(readChunk(new Uint8Array(bytes), chunk, whole.format)).toEqual([first, second])
  })

  it('may end with the file', () => {
    const { number, line, from, to } = third!
    const last = { ...chunk, firstRecord: number, firstLine: line, records: 1, from, to }
    expect(readChunk(content.subarray(from, to), last, whole.format)).toEqual([third])
  })

  it.each([
    ['fewer bytes', bytes.subarray(1), chunk, 'chunk 7 has 17 bytes, not 18'],
    ['fewer records', bytes, { ...chunk, records: 3 }, 'chunk 7 has 2 records, not 3'],
    ['more records', bytes, { ...chunk, records: 1 }, 'chunk 7 has 2 records, not 1'],
  ])('is refused where it has %s than it was split to', (_, given, of, message) => {
    const refused = rejection({ code: 'csv-chunk-differs', message })
    expect(() => readChunk(given, of, whole.format)).toThrow(refused)
  })

  it('is refused where its bytes are none of the file any more', () => {
    const other = Buffer.alloc(bytes.length, 'x')
    const refused = rejection({ code: 'csv-column-count', line: 2 })
    expect(() => readChunk(other, chunk, whole.format)).toThrow(refused)
  })
})
