import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { archiveDirectory } from '#streams/exports/archive/archive-directory'
import { archiveOf, bytesOf, itemOf, joined, stamp } from '#streams/exports/archive/archive-samples'
import { directoryEntry } from '#streams/exports/archive/directory-entry'
import { endRecords } from '#streams/exports/archive/end-records'
import { segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import {
  archiveFolder,
  checkWithUnzip,
  foundByPython,
  hasPython,
  hasUnzip,
} from '#tests/archive-readers'

const folder = archiveFolder()
afterAll(folder.remove)

const spaceless = (hex: string) => hex.replace(/#.*$/gm, '').replace(/\s+/g, '')
const sha256 = Buffer.alloc(32)
const GiB = 2 ** 30

describe('the directory of an archive', () => {
  it('is what stands behind its segments, byte for byte', async () => {
    const archive = await archiveOf([itemOf('a', 'hi')], [itemOf('ñ', '')])
    const segments = 33 + 32
    expect(archive.subarray(segments).toString('hex')).toBe(
      spaceless(`
        504b0102 2d03 1400 0008 0000 # made by Unix 4.5, version 2.0, UTF-8, stored
        5c64 275c                    # 12:34:56, 2026-01-07
        ac2a93d8 02000000 02000000 0100 0000 0000 0000 0000
        0000a481 00000000            # -rw-r--r--, at 0
        61
        504b0102 2d03 1400 0008 0000
        5c64 275c
        00000000 00000000 00000000 0200 0000 0000 0000 0000
        0000a481 21000000            # behind the first segment
        c3b1
        504b0506 0000 0000 0200 0200 5f000000 41000000 0000`),
    )
  })

  it('of no segments is that of an empty archive', async () => {
    const empty = `504b0506${'00'.repeat(18)}`
    expect((await archiveOf()).toString('hex')).toBe(empty)
    expect((await archiveOf([], [])).toString('hex')).toBe(empty)
  })

  it('adds up the segments before, however long', async () => {
    const item = { name: 'a', bytes: 4 * GiB - 2, crc: 1, sha256 }
    const indexes = [segmentIndex([item, item]), segmentIndex([]), segmentIndex([item])]
    const directory = await joined(archiveDirectory(indexes, stamp))
    const step = 31 + item.bytes
    expect(directory.readUInt32LE(42)).toBe(0)
    expect(directory.readBigUInt64LE(47 + 51)).toBe(BigInt(step))
    expect(directory.readBigUInt64LE(47 + 59 + 51)).toBe(BigInt(2 * step))
    const end = directory.subarray(47 + 2 * 59)
    expect(end).toEqual(endRecords({ items: 3, at: 3 * step, bytes: 47 + 2 * 59 }))
  })
})

/** Two items of which the second begins behind 5 GiB of nothing, which no disk keeps. */
function sparseArchive(): string {
  const far = 5 * GiB
  const [first, second] = [itemOf('first.pdf', 'hi'), itemOf('second.pdf', 'ho')].map((item) =>
    segmentOf([item], stamp),
  )
  const directory = Buffer.concat([
    directoryEntry(first!.items[0]!, 0, stamp),
    directoryEntry(second!.items[0]!, far, stamp),
  ])
  const at = far + second!.bytes
  const end = endRecords({ items: 2, at, bytes: directory.length })
  const path = folder.path('sparse.zip')
  const file = openSync(path, 'w')
  ftruncateSync(file, far)
  writeSync(file, bytesOf(first!), 0, first!.bytes, 0)
  writeSync(file, bytesOf(second!), 0, second!.bytes, far)
  writeSync(file, Buffer.concat([directory, end]), 0, directory.length + end.length, at)
  closeSync(file)
  return path
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}.pdf`)
const manyItems = names(66_000).map((name) => itemOf(name, `content of ${name}`))
let written: Promise<string> | undefined
const manyArchive = () =>
  (written ??= archiveOf(manyItems.slice(0, 500), manyItems.slice(500)).then((archive) =>
    folder.write('many.zip', archive),
  ))

describe.skipIf(!hasUnzip)('unzip', () => {
  it('reads an archive of segments', async () => {
    const archive = await archiveOf([itemOf('ñ.pdf', 'hi')], [], [itemOf('b.pdf', '')])
    checkWithUnzip(folder.write('unzip.zip', archive))
  })

  it('reads 66,000 items', async () => {
    checkWithUnzip(await manyArchive())
  })

  it('reads what lies behind 4 GiB', () => {
    checkWithUnzip(sparseArchive())
  })
})

describe.skipIf(!hasPython)("Python's zipfile", () => {
  it('reads an archive of segments', async () => {
    const archive = await archiveOf([itemOf('ñ.pdf', 'hi')], [], [itemOf('b.pdf', '')])
    expect(foundByPython(folder.write('python.zip', archive))).toEqual([
      { name: 'ñ.pdf', bytes: 2, crc: 0xd8932aac, at: 0 },
      { name: 'b.pdf', bytes: 0, crc: 0, at: 38 },
    ])
  })

  it('reads an empty one', async () => {
    expect(foundByPython(folder.write('empty.zip', await archiveOf()))).toEqual([])
  })

  it('reads 66,000 items', async () => {
    const found = foundByPython(await manyArchive())
    expect(found.map(({ name }) => name)).toEqual(names(66_000))
  })

  it('reads what lies behind 4 GiB', () => {
    const found = foundByPython(sparseArchive())
    expect(found.map(({ name, at }) => [name, at])).toEqual([
      ['first.pdf', 0],
      ['second.pdf', 5 * GiB],
    ])
  })
})

describe.skipIf(!hasPython)('an archive of yazl', () => {
  it('has the same items with the same content', async () => {
    const items = [itemOf('ñ.pdf', 'hi'), itemOf('b.pdf', ''), ...manyItems.slice(0, 1_000)]
    const zip = new ZipFile()
    for (const { name, bytes } of items) {
      zip.addBuffer(Buffer.from(bytes), name, { compress: false })
    }
    zip.end()
    const theirs = await joined(zip.outputStream as Readable)
    const ours = await archiveOf(items.slice(0, 500), items.slice(500))
    const [found, expected] = [ours, theirs].map((archive) =>
      foundByPython(folder.write('compared.zip', archive)).map(({ at: _, ...item }) => item),
    )
    expect(found).toEqual(expected)
    expect(found).toHaveLength(items.length)
  })
})
