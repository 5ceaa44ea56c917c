import { archiveDirectory, type Sequence } from '#streams/exports/archive/archive-directory'
import { errorsFile, errorsName, type MissingDocument } from '#streams/exports/archive/errors-file'
import { type ArchiveContent, manifestName, manifestOf } from '#streams/exports/archive/manifest'
import { segmentIndex } from '#streams/exports/archive/segment-index'
import { streamedItem } from '#streams/exports/archive/streamed-item'
import type { ZipStamp } from '#streams/exports/archive/zip-stamp'

/** What is known of an archive whose segments are there. */
export interface ArchiveTerms {
  readonly content: ArchiveContent
  readonly stamp: ZipStamp
  /** Of the segments, in their order. Asked for once and kept: 100 bytes a document at most. */
  indexes(): Sequence<Uint8Array>
  /** In the order of records. Asked for twice where something failed, and not kept. */
  missing(): Sequence<MissingDocument>
}

/**
 * All that comes behind the last segment of an archive: its manifest, the file of errors where there are any, its directory
 * and its end.
 */
export async function* archiveEnding(terms: ArchiveTerms): AsyncGenerator<Uint8Array> {
  const { content, stamp } = terms
  const indexes: Uint8Array[] = []
  for await (const index of terms.indexes()) indexes.push(index)
  const files = [await streamedItem(manifestName, () => manifestOf(content, indexes), stamp)]
  if (content.failed > 0) {
    files.push(await streamedItem(errorsName, () => errorsFile(terms.missing()), stamp))
  }
  for (const { parts } of files) yield* parts()
  yield* archiveDirectory([...indexes, segmentIndex(files.map(({ item }) => item))], stamp)
}
