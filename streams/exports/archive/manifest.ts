import type { Sequence } from '#streams/exports/archive/archive-directory'
import { itemsIn, type PlacedItem } from '#streams/exports/archive/segment-index'

export const manifestName = 'manifest.json'

/** What an archive was made of: nothing of when, where or for whom, so that the same content is the same archive. */
export interface ArchiveContent {
  /** The state of the movements is that of this instant. */
  readonly asOf: string
  /** Template and its version, `receipt@3`. */
  readonly template: string
  readonly language: string
  /** Of the file of movements. */
  readonly sourceSha256: string
  readonly records: number
  /** Records that have no document. */
  readonly failed: number
}

/**
 * The manifest of an archive: what it was made of, and of each document its name, bytes and SHA-256, a line each. `indexes`
 * are those of the segments with documents; throws Error where they have more or fewer than `content` says.
 */
export async function* manifestOf(
  content: ArchiveContent,
  indexes: Sequence<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { asOf, template, language, sourceSha256, records, failed } = content
  const head = {
    version: 1,
    as_of: asOf,
    template,
    language,
    source_sha256: sourceSha256,
    counts: { records, documents: records - failed, failed },
  }
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"documents":[`)
  let documents = 0
  for await (const index of indexes) {
    const lines = Array.from(itemsIn(index), lineOf)
    if (lines.length === 0) continue
    yield Buffer.from((documents === 0 ? '\n' : ',\n') + lines.join(',\n'))
    documents += lines.length
  }
  if (documents !== records - failed) {
    throw new Error(`${documents} documents of ${records} records, of which ${failed} failed`)
  }
  yield Buffer.from('\n]}\n')
}

const lineOf = ({ name, bytes, sha256 }: PlacedItem): string =>
  JSON.stringify({ name, bytes, sha256: Buffer.from(sha256).toString('hex') })
