import { createHash } from 'node:crypto'
import { bytesOfPieces } from '#connectors/object-store-s3/bodies'
import type { Bucket } from '#connectors/object-store-s3/client'
import { putInParts, type SentPart } from '#connectors/object-store-s3/multipart'
import { lengthOf, type Piece, planParts } from '#connectors/object-store-s3/plan-parts'
import { putObject, storedNow } from '#connectors/object-store-s3/put-object'
import { RejectedError, TransientError } from '#core/errors'
import { unlessAborted } from '#core/unless-aborted'
import { checkKey } from '#ports/object-key'
import type { ObjectPart, PutOptions, StoredObject } from '#ports/object-store'

/** How often an object is composed anew whose parts are replaced at this very moment. */
const triesMax = 3
/** Heads that are asked for at a time. */
const headsMax = 16

/** In parts that the store copies itself, where it can; where that is not worth it, or it cannot, by reading all. */
export async function composeObject(
  bucket: Bucket,
  key: string,
  parts: readonly ObjectPart[],
  options: PutOptions,
): Promise<StoredObject> {
  const { part_bytes, lacks } = bucket.settings
  for (let tries = 1; ; tries += 1) {
    try {
      const pieces = await piecesOf(bucket, parts)
      const isRead = total(pieces) <= part_bytes || lacks.includes('copies')
      if (!isRead) return await join(bucket, key, pieces, options)
      return await putObject(bucket, key, bytesOfPieces(bucket, pieces, options.signal), options)
    } catch (error) {
      // A part that was replaced while it was read is there again, whole.
      const isOvertaken = error instanceof TransientError && !error.isOfParty
      if (!isOvertaken || tries === triesMax) throw error
    }
  }
}

const total = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)

async function piecesOf(bucket: Bucket, parts: readonly ObjectPart[]): Promise<readonly Piece[]> {
  const pieceOf = async (part: ObjectPart): Promise<Piece> => {
    if (part instanceof Uint8Array) return part
    const { key } = part
    checkKey(key)
    const told = await bucket.head(key)
    if (!told) throw new RejectedError('no-object', `there is no object ${key}`)
    return { key, etag: told.ETag ?? '', from: 0, to: told.ContentLength ?? 0 }
  }
  const pieces: Piece[] = []
  for (let at = 0; at < parts.length; at += headsMax) {
    pieces.push(...(await Promise.all(parts.slice(at, at + headsMax).map(pieceOf))))
  }
  return pieces
}

async function join(
  bucket: Bucket,
  key: string,
  pieces: readonly Piece[],
  { contentType = 'application/octet-stream', signal }: PutOptions,
): Promise<StoredObject> {
  const ending = new AbortController()
  // S3 tells no checksum of a whole that it copied: all is read beside that.
  const hashing = digestOf(bytesOfPieces(bucket, pieces, ending.signal))
  // Whoever waits for it hears of it.
  hashing.catch(() => undefined)
  const bytes = total(pieces)
  const facts = async () => ({
    bytes,
    sha256: await (signal ? unlessAborted(signal, hashing) : hashing),
  })
  try {
    const sent = sentParts(bucket, pieces, signal)
    const etag = await putInParts(bucket, { key, contentType, signal, facts }, sent)
    return await storedNow(bucket, { key, ...(await facts()), etag, contentType })
  } finally {
    ending.abort()
  }
}

async function digestOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  return hash.digest('hex')
}

async function* sentParts(
  bucket: Bucket,
  pieces: readonly Piece[],
  signal: AbortSignal | undefined,
): AsyncGenerator<SentPart, void, undefined> {
  for (const part of planParts(pieces)) {
    if ('copy' in part) yield part.copy
    else {
      const chunks: Uint8Array[] = []
      for await (const chunk of bytesOfPieces(bucket, part.join, signal)) chunks.push(chunk)
      yield Buffer.concat(chunks)
    }
  }
}
