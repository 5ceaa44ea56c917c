import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { itemName } from '#streams/exports/archive/item-name'
import type { Item } from '#streams/exports/archive/segment'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import { archiveFolder } from '#tests/archive-readers'
import { writeArchive } from '#tests/bench/exports/written-archive'

const documents = 10_000
const documentBytes = 29_000
const segmentItems = 500
const rounds = 3
const instant = new Date('2026-01-07T12:00:00Z')

// Other bytes for each document, without holding all of them.
const bytes = randomBytes(documentBytes + documents)
const itemAt = (record: number): Item => ({
  name: itemName(record, 'MOV-2026'),
  bytes: bytes.subarray(record, record + documentBytes),
})

function* segments(): Generator<readonly Item[]> {
  for (let first = 0; first < documents; first += segmentItems) {
    yield Array.from({ length: segmentItems }, (_, index) => itemAt(first + index))
  }
}

async function writeWithYazl(file: string): Promise<void> {
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, createWriteStream(file))
  for (let record = 0; record < documents; record++) {
    const { name, bytes: content } = itemAt(record)
    zip.addBuffer(Buffer.from(content), name, { mtime: instant, compress: false })
  }
  zip.end()
  await written
}

async function secondsOf(work: () => Promise<unknown>): Promise<string> {
  const begin = performance.now()
  await work()
  return ((performance.now() - begin) / 1_000).toFixed(2)
}

// npx tsx tests/bench/exports/archive-rival.ts: seconds for one archive of 10,000 documents, ours and yazl's in turn.
const folder = archiveFolder()
for (let round = 0; round < rounds; round++) {
  let directoryMs = 0
  const ours = await secondsOf(async () => {
    directoryMs = await writeArchive(folder.path('ours.zip'), segments(), zipStampOf(instant))
  })
  const yazl = await secondsOf(() => writeWithYazl(folder.path('yazl.zip')))
  process.stdout.write(
    `segments ${ours} s (their directory ${directoryMs.toFixed(1)} ms), yazl ${yazl} s\n`,
  )
}
folder.remove()
