import { beforeEach, describe, expect, it } from 'vitest'
import { RejectedError } from '#core/errors'
import type { ChunkToPrint } from '#ports/chunk-printer'
import type { CompiledTemplate, TemplateBatch, TemplateRecord } from '#ports/templates'
import { itemsIn } from '#streams/exports/archive/segment-index'
import { chunkPrinting } from '#streams/exports/print-chunk'
import { template } from '#streams/exports/step-samples'

const format = { columns: ['reference', 'name', 'lines'], separator: ',' } as const
const header = 'reference,name,lines\n'
const chunkOf = (csv: string, changes: Partial<ChunkToPrint> = {}): ChunkToPrint => ({
  template,
  language: 'en',
  plan: { format, characters: 'abc' },
  chunk: {
    number: 3,
    firstRecord: 600,
    firstLine: 602,
    records: csv.split('\n').length - 1,
    from: header.length,
    to: header.length + Buffer.byteLength(csv),
  },
  csv: Buffer.from(csv),
  asOf: '2026-01-15T10:00:00+01:00',
  ...changes,
})

describe('a printed chunk', () => {
  const mark = Buffer.from('%')
  let batches: TemplateBatch[] = []
  const render = (record: TemplateRecord) => {
    if (record['name'] === 'no') {
      throw new RejectedError('no-sign', 'name has U+2603', { field: 'name' })
    }
    return new Uint8Array(Buffer.from(JSON.stringify(record)))
  }
  const compiler = {
    check: () => template,
    compile(_: unknown, batch: TemplateBatch): CompiledTemplate {
      batches.push(batch)
      return { render, pieces: (record) => [mark, render(record)] }
    },
  }
  beforeEach(() => {
    batches = []
  })

  it('has a document for each movement, named by its number and reference', () => {
    const printed = chunkPrinting(compiler)(chunkOf('A-1,Ada,\nB/2,Bo,\n'))
    expect(printed).toMatchObject({ rendered: 2, failed: [] })
    const items = [...itemsIn(printed.index)]
    expect(items.map(({ name }) => name)).toEqual(['00000600-A-1.pdf', '00000601-B_2.pdf'])
    expect(Buffer.from(printed.segment).toString('latin1')).toContain(
      '%{"reference":"A-1","name":"Ada"}',
    )
  })

  it('gives a template its tables as rows', () => {
    const printed = chunkPrinting(compiler)(chunkOf('A,Ada,"[{""what"":""x""}]"\n'))
    expect(Buffer.from(printed.segment).toString('latin1')).toContain('"lines":[{"what":"x"}]')
  })

  it('tells which movements have none and why, and prints the others', () => {
    const csv = 'A,Ada,\nB,no,\nC,Cy,"{""what"":1}"\nD,Di,"[{""what"":1}]"\n'
    expect(chunkPrinting(compiler)(chunkOf(csv))).toMatchObject({
      rendered: 1,
      failed: [
        { record: 601, reference: 'B', code: 'no-sign', field: 'name' },
        { record: 602, reference: 'C', code: 'bad-field', field: 'lines' },
        { record: 603, reference: 'D', code: 'bad-field', field: 'lines' },
      ],
    })
  })

  it('is the same bytes again, in another process', () => {
    const csv = 'A,Ada,\nB,Bo,\n'
    const once = chunkPrinting(compiler)(chunkOf(csv))
    expect(chunkPrinting(compiler)(chunkOf(csv))).toEqual(once)
  })

  it('compiles the template once for chunks with the same characters, and anew for others', () => {
    const print = chunkPrinting(compiler)
    print(chunkOf('A,Ada,\n'))
    print(chunkOf('B,Bo,\n'))
    print(chunkOf('C,Cy,\n', { plan: { format, characters: 'abcd' } }))
    expect(batches).toEqual([
      { language: 'en', characters: 'abc' },
      { language: 'en', characters: 'abcd' },
    ])
  })

  it('of other bytes than were split is refused', () => {
    const chunk = chunkOf('A,Ada,\n')
    const cut = { ...chunk, csv: chunk.csv.subarray(1) }
    expect(() => chunkPrinting(compiler)(cut)).toThrow('chunk 3 has 6 bytes, not 7')
  })
})
