import type { Readable } from 'node:stream'
import type { GetObjectCommandOutput, HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import type { Bucket } from '#connectors/object-store-s3/client'
import {
  damaged,
  type Facts,
  factsKey,
  memberOfFacts,
  memberOfSha256,
  overtaken,
  readFacts,
  s3Failure,
} from '#connectors/object-store-s3/mapping'
import { RejectedError, TransientError } from '#core/errors'
import type { ByteRange, ReadObject, StoredObject } from '#ports/object-store'

/** How often an object is looked up anew that is replaced at this very moment. */
const looksMax = 10

/** What S3 tells with an object's head, whether its bytes come with it or not. */
type Told = HeadObjectCommandOutput | GetObjectCommandOutput

/** An object's facts; undefined where it is not there. */
export async function headOf(bucket: Bucket, key: string): Promise<StoredObject | undefined> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const told = await bucket.head(key)
    if (!told) return undefined
    const facts = await factsIn(bucket, key, told)
    if (facts) return storedObject(key, told, facts)
  }
  throw damaged(key, 'its facts are missing')
}

export const storedObject = (key: string, told: Told, facts: Facts): StoredObject => ({
  key,
  ...facts,
  etag: told.ETag ?? '',
  contentType: told.ContentType ?? 'application/octet-stream',
  storedAt: (told.LastModified ?? new Date(0)).toISOString(),
})

/** Undefined where they are not there any more: the object was replaced meanwhile. */
async function factsIn(bucket: Bucket, key: string, told: Told): Promise<Facts | undefined> {
  const { [memberOfSha256]: sha256, [memberOfFacts]: id } = told.Metadata ?? {}
  if (sha256 !== undefined) return { bytes: bytesTold(told), sha256 }
  if (id === undefined) throw damaged(key, 'it was not put by this store')
  const answer = await bucket.get(factsKey(key, id))
  if (typeof answer === 'string') return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesIn(answer)) chunks.push(chunk)
  return readFacts(key, Buffer.concat(chunks).toString())
}

/** Of the whole, also where only some of it was asked for. */
const bytesTold = (told: Told): number =>
  Number(
    'ContentRange' in told && told.ContentRange !== undefined
      ? told.ContentRange.split('/')[1]
      : told.ContentLength,
  )

/** An object and its bytes, or some of them. Undefined where it is not there. */
export async function readObject(
  bucket: Bucket,
  key: string,
  range: ByteRange | undefined,
): Promise<ReadObject | undefined> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const told = await bucket.get(key, range)
    if (told === 'absent') return undefined
    if (told === 'behind') return behind(bucket, key, range)
    const body = told.Body as unknown as Readable
    const facts = await factsIn(bucket, key, told).catch((error: unknown) => {
      body.destroy()
      throw error
    })
    if (facts) return { object: storedObject(key, told, facts), body: bytesIn(told) }
    body.destroy()
  }
  throw overtaken(key)
}

/** Of an object without bytes S3 gives no range at all. */
async function behind(
  bucket: Bucket,
  key: string,
  range: ByteRange | undefined,
): Promise<ReadObject | undefined> {
  const object = await headOf(bucket, key)
  if (!object || (object.bytes === 0 && range?.from === 0)) {
    return object && { object, body: (async function* () {})() }
  }
  throw new RejectedError('no-such-range', 'the range begins behind the end of the object')
}

/**
 * All bytes of an answer. A connection that breaks in the middle is the store's failure, and so is an end that comes
 * before all is there, where no length had announced it; leaving the loop ends it.
 */
export async function* bytesIn(
  told: GetObjectCommandOutput,
): AsyncGenerator<Uint8Array, void, undefined> {
  const body = told.Body as unknown as Readable
  let missing = bytesComing(told)
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      missing -= chunk.length
      yield chunk
    }
  } catch (error) {
    throw s3Failure(error)
  }
  if (missing !== 0) throw new TransientError('the object store ended before all bytes were given')
}

/** How many bytes follow; a store that does not say it cannot be told from one that forgets the rest. */
function bytesComing({ ContentLength, ContentRange = '' }: GetObjectCommandOutput): number {
  const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(ContentRange) ?? []
  const bytes = ContentLength ?? (last === undefined ? undefined : Number(last) + 1 - Number(first))
  if (bytes !== undefined) return bytes
  throw new TransientError('the object store does not say how many bytes it gives')
}
