import { statSync } from 'node:fs'
import { itemName } from '#streams/exports/archive/item-name'
import type { Item } from '#streams/exports/archive/segment'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'
import {
  archiveFolder,
  checkWithUnzip,
  foundByPython,
  hasPython,
  hasUnzip,
} from '#tests/archive-readers'
import { writeArchive } from '#tests/bench/exports/written-archive'

const stamp = zipStampOf(new Date('2026-01-07T12:00:00Z'))

function* manyItems(): Generator<readonly Item[]> {
  for (let first = 0; first < 100_000; first += 500) {
    yield Array.from({ length: 500 }, (_, index) => {
      const name = itemName(first + index, 'R')
      return { name, bytes: Buffer.from(`content of ${name}`) }
    })
  }
}

function* largeItems(): Generator<readonly Item[]> {
  for (let record = 0; record < 45; record++) {
    yield [{ name: itemName(record, 'R'), bytes: Buffer.alloc(100_000_000, record) }]
  }
}

/** Writes one archive on the disk, and has it read by whoever is here. */
async function check(what: string, segments: Iterable<readonly Item[]>, items: number) {
  const folder = archiveFolder()
  try {
    const file = folder.path('archive.zip')
    await writeArchive(file, segments, stamp)
    if (hasUnzip) checkWithUnzip(file)
    const found = hasPython ? foundByPython(file).length : items
    if (found !== items) throw new Error(`Python finds ${found} of ${items} items`)
    const readers = [...(hasUnzip ? ['unzip'] : []), ...(hasPython ? ['Python'] : [])]
    const size = statSync(file).size.toLocaleString('en-US')
    process.stdout.write(`${what}, ${size} bytes: read by ${readers.join(' and ') || 'nobody'}\n`)
  } finally {
    folder.remove()
  }
}

// npx tsx tests/bench/exports/zip64.ts: half a minute, and 4.5 GB of disk for as long.
await check('100,000 items', manyItems(), 100_000)
await check('45 items of 100 MB', largeItems(), 45)
