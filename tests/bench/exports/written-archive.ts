import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { archiveDirectory } from '#streams/exports/archive/archive-directory'
import { type Item, segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** An archive of segments in a file, written as they are made. The milliseconds its directory took. */
export async function writeArchive(
  file: string,
  segments: Iterable<readonly Item[]>,
  stamp: ZipStamp,
): Promise<number> {
  let directoryMs = 0
  async function* parts() {
    const indexes: Buffer[] = []
    for (const items of segments) {
      const segment = segmentOf(items, stamp)
      indexes.push(segmentIndex(segment.items))
      yield Buffer.concat(segment.parts)
    }
    const begin = performance.now()
    const directory: Buffer[] = []
    for await (const part of archiveDirectory(indexes, stamp)) directory.push(part)
    directoryMs = performance.now() - begin
    yield* directory
  }
  await pipeline(parts, createWriteStream(file))
  return directoryMs
}
