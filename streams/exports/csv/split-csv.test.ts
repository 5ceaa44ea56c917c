import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inPieces, wholeCsv } from '#streams/exports/csv/csv-samples'
import { readChunk } from '#streams/exports/csv/read-chunk'
import { splitCsv } from '#streams/exports/csv/split-csv'
import { heldBytes } from '#tests/held-memory'

const terms = {
  required: ['reference'],
  chunkRecordsMax: 3,
  chunkBytesMax: 1_000,
  unprinted: [] as readonly string[],
}
const header = '\uFEFFreference;text\r\n'
const row = (index: number) => `R-${index};"${'ñ\r\n'.repeat(index % 3)}"\r\n`
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(index))
const file = (count: number) => Buffer.from(header + rows(count).join(''))
const split = (content: string | Uint8Array, changed: Partial<typeof terms> = {}) =>
  splitCsv(inPieces(content, 7), { ...terms, ...changed })

describe('splitting a CSV', () => {
  it('gives chunks of so many records, the last of what is left', async () => {
    const { chunks, records } = await split(file(7))
    const shape = chunks.map((chunk) => [chunk.number, chunk.firstRecord, chunk.records])
    expect(shape).toEqual([
      [0, 0, 3],
      [1, 3, 3],
      [2, 6, 1],
    ])
    expect(records).toBe(7)
  })

  it('gives chunks of so many bytes, and a record that has more one of its own', async () => {
    const content = `reference\n12345\n12345\n12345\n${'x'.repeat(20)}\n1\n2\n`
    const { chunks } = await split(content, { chunkRecordsMax: 100, chunkBytesMax: 12 })
    expect(chunks.map(({ records, from, to }) => [records, to - from])).toEqual([
      [2, 12],
      [1, 6],
      [1, 21],
      [2, 4],
    ])
  })

  it('gives chunks whose bytes alone are the same records as those of the file', async () => {
    const content = file(20)
    const whole = await wholeCsv(content)
    for (const chunkRecordsMax of [1, 2, 3, 7, 20, 21]) {
      const { chunks, format } = await split(content, { chunkRecordsMax })
      const again = chunks.flatMap((chunk) =>
        readChunk(content.subarray(chunk.from, chunk.to), chunk, format),
      )
      expect(again).toEqual(whole.records)
    }
  })

  it('tells the file by its bytes and their SHA-256', async () => {
    const content = file(5)
    expect(await split(content)).toMatchObject({
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      format: { columns: ['reference', 'text'], separator: ';' },
    })
  })

  it('finds the characters of what is printed, and of no other column nor of the header', async () => {
    const content = 'reference,amount,note\nR-1,10,xyz\nR-2,25,"ñ"\n'
    expect((await split(content)).characters).toBe('-0125Rxyzñ')
    expect((await split(content, { unprinted: ['note', 'else'] })).characters).toBe('-0125R')
  })

  it('of no records gives no chunks', async () => {
    expect(await split(header)).toMatchObject({ chunks: [], records: 0, characters: '' })
  })

  it('takes no more memory for a long file than for a short one', async () => {
    const text = 'some text that is as long as texts are '.repeat(4)
    const block = Buffer.from(`R-1;"ñandú; ""x""";10.00;${text}\n`.repeat(5_000))
    const before = heldBytes()
    let most = 0
    let bytes = 0
    async function* long() {
      yield Buffer.from('reference;payer;amount;text\n')
      while (bytes < 100_000_000) {
        yield block
        bytes += block.length
        if (bytes % (10 * block.length) === 0) most = Math.max(most, heldBytes() - before)
      }
    }
    const large = { ...terms, chunkRecordsMax: 500, chunkBytesMax: 1_000_000 }
    const { records } = await splitCsv(long(), large)
    expect(records).toBe((bytes / block.length) * 5_000)
    expect(most).toBeLessThan(10_000_000)
  })

  it('gives nothing of a file that is broken anywhere', async () => {
    const content = Buffer.concat([file(2_000), Buffer.from('R;1;2\r\n')])
    await expect(split(content)).rejects.toMatchObject({ code: 'csv-column-count' })
  })
})
