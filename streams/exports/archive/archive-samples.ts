import { archiveDirectory } from '#streams/exports/archive/archive-directory'
import { type Item, type Segment, segmentOf } from '#streams/exports/archive/segment'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import { zipStampOf } from '#streams/exports/archive/zip-stamp'

export const stamp = zipStampOf(new Date('2026-01-07T12:34:56Z'))

export const itemOf = (name: string, text: string): Item => ({ name, bytes: Buffer.from(text) })

export async function joined(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

export const bytesOf = ({ parts }: Segment): Buffer => Buffer.concat(parts)

/** The archive of segments with these items, all of it. */
export async function archiveOf(...segments: readonly (readonly Item[])[]): Promise<Buffer> {
  const made = segments.map((items) => segmentOf(items, stamp))
  const indexes = made.map(({ items }) => segmentIndex(items))
  const directory = await joined(archiveDirectory(indexes, stamp))
  return Buffer.concat([...made.map(bytesOf), directory])
}
