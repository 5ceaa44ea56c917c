import type { Bucket } from '#connectors/object-store-s3/client'
import { overtaken } from '#connectors/object-store-s3/mapping'
import type { Piece } from '#connectors/object-store-s3/plan-parts'
import { bytesIn } from '#connectors/object-store-s3/reading'

/** A body in buffers of one size, the last one smaller; they are copies. */
export async function* inBuffers(
  body: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer, void, undefined> {
  let buffer: Buffer | undefined
  let used = 0
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length;) {
      buffer ??= Buffer.allocUnsafe(size)
      const taken = Math.min(chunk.length - at, size - used)
      buffer.set(chunk.subarray(at, at + taken), used)
      at += taken
      used += taken
      if (used < size) continue
      yield buffer
      buffer = undefined
      used = 0
    }
  }
  if (buffer) yield buffer.subarray(0, used)
}

/** The bytes of pieces, one after the other; of an object only while it is the one that was looked up. */
export async function* bytesOfPieces(
  bucket: Bucket,
  pieces: Iterable<Piece>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      yield piece
      continue
    }
    const { key, etag, from, to } = piece
    if (from === to) continue
    const answer = await bucket.get(key, { from, to }, { etag, signal })
    if (typeof answer === 'string') throw overtaken(key)
    yield* bytesIn(answer)
  }
}
