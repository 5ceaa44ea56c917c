import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { splitCsv } from '#streams/exports/csv/split-csv'

const pieceBytes = 64 * 1024
const header = 'reference,date,description,payer,account,amount,currency,branch\n'

const rowAt = (index: number): string =>
  [
    `MOV-2026-${String(index).padStart(8, '0')}`,
    '2026-01-07T12:34:56-05:00',
    index % 4 === 0 ? '"Pago de servicios, ""agua"" y luz"' : 'Transferencia entre cuentas propias',
    'María José Muñoz Peña',
    String(191_000_000_000 + index),
    `${index % 1_000}.50`,
    'PEN',
    'Lima – Miraflores',
  ].join(',')

const rows = Buffer.from(Array.from({ length: 50_000 }, (_, index) => `${rowAt(index)}\n`).join(''))

/** A file of at least so many bytes, as it comes from a disk. */
async function* fileOf(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from(header)
  for (let given = 0; given < bytes; given += rows.length) {
    for (let at = 0; at < rows.length; at += pieceBytes) yield rows.subarray(at, at + pieceBytes)
  }
}

async function report(what: string, bytes: number, read: () => Promise<number>): Promise<void> {
  let peak = process.memoryUsage.rss()
  const begin = process.cpuUsage()
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50)
  const records = await read()
  clearInterval(watching)
  const { user, system } = process.cpuUsage(begin)
  process.stdout.write(
    `${what}: ${records.toLocaleString('en-US')} records, ${(bytes / (user + system)).toFixed(0)} MB a CPU second, ` +
      `${(peak / 1e6).toFixed(0)} MB of memory at most\n`,
  )
}

// npx tsx tests/bench/exports/csv-rate.ts: how fast a CSV of 1 GB is split, and what csv-parse takes to read a tenth of it.
const terms = { required: [], chunkRecordsMax: 500, chunkBytesMax: 4 << 20, unprinted: [] }
await report('split, 100 MB', 1e8, async () => (await splitCsv(fileOf(1e8), terms)).records)
await report('split, 1 GB', 1e9, async () => (await splitCsv(fileOf(1e9), terms)).records)
await report('csv-parse, 100 MB', 1e8, async () => {
  let records = 0
  const parser = Readable.from(fileOf(1e8)).pipe(parse({ bom: true, info: true }))
  for await (const _ of parser) records++
  return records
})
