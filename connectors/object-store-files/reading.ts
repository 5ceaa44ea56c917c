import type { Disk } from '#connectors/object-store-files/client'
import { overtaken } from '#connectors/object-store-files/errors'
import { keptIn } from '#connectors/object-store-files/folders'
import type { KeptObject } from '#connectors/object-store-files/mapping'
import type { OpenFile } from '#connectors/object-store-files/open-file'
import { folderOf } from '#connectors/object-store-files/writing'
import { RejectedError } from '#core/errors'
import type { ByteRange, ReadObject } from '#ports/object-store'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** How often an object is looked up anew that is replaced at this very moment. */
const looksMax = 10

/** Some of the bytes of one file. */
interface Piece {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** An object and its bytes, or some of them. Undefined where it is not there. */
export async function readObject(
  disk: Disk,
  key: string,
  range: ByteRange | undefined,
): Promise<ReadObject | undefined> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const kept = await keptIn(disk, key)
    if (!kept) return undefined
    const [first, ...rest] = piecesOf(kept, range)
    if (!first) return { object: kept.object, body: nothing() }
    // Open at once: whatever becomes of the object, these bytes stay readable.
    const opened = await disk.open(first.path, key)
    if (opened)
      return { object: kept.object, body: bytesOf({ disk, key }, opened, [first, ...rest]) }
  }
  throw overtaken(key)
}

function piecesOf({ object, parts }: KeptObject, range: ByteRange | undefined): readonly Piece[] {
  const { from, to } = within(range, object.bytes)
  let start = 0
  return parts.flatMap(({ file, bytes }) => {
    const begin = start
    start += bytes
    const piece = { from: Math.max(from - begin, 0), to: Math.min(to - begin, bytes) }
    return piece.from < piece.to ? [{ path: folderOf(object.key) + file, ...piece }] : []
  })
}

function within(range: ByteRange | undefined, bytes: number): Required<ByteRange> {
  const { from, to = bytes } = range ?? { from: 0 }
  const isRange =
    Number.isSafeInteger(from) && from >= 0 && (range?.to === undefined || from < range.to)
  if (!isRange) throw new InvalidValueError('is no range of bytes')
  if (from > 0 && from >= bytes) {
    throw new RejectedError('no-such-range', 'the range begins behind the end of the object')
  }
  return { from, to: Math.min(to, bytes) }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

interface Source {
  readonly disk: Disk
  readonly key: string
}

/** Leaving it closes what is open, also before the first byte was taken. */
function bytesOf(
  source: Source,
  opened: OpenFile,
  pieces: readonly Piece[],
): AsyncIterableIterator<Uint8Array> {
  const chunks = chunksOf(source, opened, pieces)
  return {
    next: () => chunks.next(),
    async return() {
      await chunks.return()
      await opened.close()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* chunksOf(
  { disk, key }: Source,
  opened: OpenFile,
  pieces: readonly Piece[],
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const [nth, piece] of pieces.entries()) {
    const file = nth === 0 ? opened : await disk.open(piece.path, key)
    if (!file) throw overtaken(key)
    yield* file.read(piece)
  }
}
