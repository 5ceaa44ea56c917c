import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { printingPool, type PrintingPool } from '#apps/platform/printing-pool'
import { shippedTemplates } from '#connectors/pdf-compiled/index'
import type { ChunkToPrint, PrintedChunk } from '#ports/chunk-printer'
import { builtProgram } from '#tests/built'
import { itemsIn, segmentBytes } from '#streams/exports/archive/segment-index'
import { splitCsv } from '#streams/exports/csv/split-csv'
import { plainCsv, writeCsv } from '#streams/exports/csv/write-csv'
import { receiptOf } from '#tests/contract/templates/records'

const template = shippedTemplates().find(({ name }) => name === 'receipt')!
const { signal } = new AbortController()

async function chunkOf(receipts: number, changes: Partial<ChunkToPrint> = {}) {
  const parts: Uint8Array[] = []
  const records = Array.from({ length: receipts }, (_, nth) => receiptOf(nth))
  const rows = records.map((record) =>
    Object.values(record).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    ),
  )
  for await (const part of writeCsv(Object.keys(records[0]!), rows, plainCsv)) parts.push(part)
  const csv = Buffer.concat(parts)
  async function* all(): AsyncIterable<Uint8Array> {
    yield csv
  }
  const most = { chunkRecordsMax: 100, chunkBytesMax: 1_000_000 }
  const split = await splitCsv(all(), { required: [], unprinted: [], ...most })
  const { format, characters, chunks } = split
  const [chunk] = chunks
  const asked: ChunkToPrint = {
    template,
    language: 'es-CO',
    plan: { format, characters },
    chunk: chunk!,
    csv: csv.subarray(chunk!.from, chunk!.to),
    asOf: '2026-01-31T18:00:00-05:00',
  }
  return { ...asked, ...changes }
}

const copied = async ({ segment, index, rendered }: PrintedChunk) => ({
  segment: Buffer.from(segment),
  index: Buffer.from(index),
  rendered,
})

const program = pathToFileURL(builtProgram(new URL('printing-thread.ts', import.meta.url)))

function endingProgram(): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'corrente-thread-')), 'ends.mjs')
  writeFileSync(file, 'export default () => process.exit(1)')
  return pathToFileURL(file)
}

describe('a pool of threads that print', () => {
  let pool: PrintingPool | undefined
  const opened = (entry = program) => (pool = printingPool({ threads: 2, entry }))
  afterEach(() => pool?.close())

  it('prints chunks side by side, the same bytes in each thread', async () => {
    const { print } = opened()
    const [one, other] = await Promise.all(
      [1, 2].map(async () => print(await chunkOf(20), signal, copied)),
    )
    expect(one!.rendered).toBe(20)
    expect(one!.segment).toEqual(other!.segment)
    const [first] = itemsIn(one!.index)
    expect(first).toMatchObject({ name: '00000000-MOV-00000000.pdf', at: 0 })
    expect(Buffer.from(one!.segment).includes('%PDF-')).toBe(true)
  })

  it('prints the next chunk to where one lay that was used', async () => {
    const { print } = opened()
    const buffers: ArrayBuffer[] = []
    // Another is under way all the time: with none, the buffers are given back.
    await print(await chunkOf(1), signal, async () => {
      for (const receipts of [20, 3, 20]) {
        const piece = await print(await chunkOf(receipts), signal, async (one) => {
          buffers.push(one.segment.buffer)
          return copied(one)
        })
        expect([...itemsIn(piece.index)]).toHaveLength(receipts)
        expect(piece.segment).toHaveLength(segmentBytes(piece.index))
      }
    })
    // What was given to a thread has no bytes here any more; the last one was used by nobody yet.
    expect(buffers.map(({ byteLength }) => byteLength > 0)).toEqual([false, false, true])
  })

  it('tells by its code why a template can not be used', async () => {
    const { print } = opened()
    await expect(print(await chunkOf(1, { language: 'xx' }), signal, copied)).rejects.toMatchObject(
      {
        name: 'RejectedError',
        code: 'no-language',
      },
    )
  })

  it('has a chunk printed again whose thread ended', async () => {
    await expect(
      opened(endingProgram()).print(await chunkOf(1), signal, copied),
    ).rejects.toMatchObject({
      name: 'TransientError',
    })
  })
})
