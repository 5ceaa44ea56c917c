import { createHash } from 'node:crypto'
import { inBuffers } from '#connectors/object-store-s3/bodies'
import type { Bucket } from '#connectors/object-store-s3/client'
import { memberOfSha256 } from '#connectors/object-store-s3/mapping'
import { putInParts } from '#connectors/object-store-s3/multipart'
import { heeding } from '#core/heeding'
import type { PutOptions, StoredObject } from '#ports/object-store'

const contentTypeDefault = 'application/octet-stream'

/** What is known of an object once it was sent. */
type Sent = Omit<StoredObject, 'storedAt'>

/** At once where it is no longer than a part, else in parts. */
export async function putObject(
  bucket: Bucket,
  key: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { signal, contentType = contentTypeDefault }: PutOptions,
): Promise<StoredObject> {
  const hash = createHash('sha256')
  let bytes = 0
  const hashed = async function* () {
    for await (const chunk of heeding(signal, body)) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const buffers = inBuffers(hashed(), bucket.settings.part_bytes)
  try {
    // Two are awaited: one that is the only one is no part.
    const first = await buffers.next()
    const second = first.done ? first : await buffers.next()
    if (first.done || second.done) {
      const whole = first.value ?? Buffer.alloc(0)
      return (await putAtOnce(bucket, key, whole, { signal, contentType }))!
    }
    const parts = async function* () {
      yield* [first.value, second.value]
      yield* buffers
    }
    const facts = () => ({ bytes, sha256: hash.copy().digest('hex') })
    const etag = await putInParts(bucket, { key, contentType, signal, facts }, parts())
    return await storedNow(bucket, { key, ...facts(), etag, contentType })
  } finally {
    // A body that is left in the middle is not waited for.
    buffers.return().catch(() => undefined)
  }
}

/** Undefined where only a new one was to be put, and there is one. */
export async function putAtOnce(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  options: PutOptions & { readonly isOnlyNew?: boolean },
): Promise<StoredObject | undefined> {
  const { signal, contentType = contentTypeDefault, isOnlyNew = false } = options
  const sha256 = createHash('sha256').update(body).digest('hex')
  const metadata = { [memberOfSha256]: sha256 }
  const etag = await bucket.put({ key, body, contentType, metadata, sha256, isOnlyNew }, signal)
  if (etag === undefined) return undefined
  return storedNow(bucket, { key, bytes: body.length, sha256, etag, contentType })
}

/** S3 says when it was stored only to who asks. */
export async function storedNow(bucket: Bucket, sent: Sent): Promise<StoredObject> {
  const told = await bucket.head(sent.key)
  return { ...sent, storedAt: (told?.LastModified ?? new Date()).toISOString() }
}
