import type { Bucket } from '#connectors/object-store-s3/client'
import { listKeys, listUploads } from '#connectors/object-store-s3/lists'
import { factsKey, factsOf, memberOfFacts } from '#connectors/object-store-s3/mapping'
import type { AbandonedObject } from '#ports/object-store'

/** An object, and its facts where they are beside it. */
export async function deleteObject(bucket: Bucket, key: string): Promise<void> {
  const id = (await bucket.head(key))?.Metadata?.[memberOfFacts]
  await bucket.delete(id === undefined ? [key] : [key, factsKey(key, id)])
}

/** All below a prefix; how many objects it were. */
export async function deleteBelow(bucket: Bucket, prefix: string): Promise<number> {
  // Uploads first: one that ends meanwhile is found as an object.
  for await (const uploads of listUploads(bucket, prefix)) {
    for (const { key, uploadId } of uploads) await bucket.endUpload(key, uploadId)
  }
  let removed = 0
  for await (const page of listKeys(bucket, prefix)) {
    const keys = page.map(({ key }) => key)
    if (keys.length > 0) await bucket.delete(keys)
    removed += keys.filter((key) => !factsOf(key)).length
  }
  return removed
}

/** Uploads that nobody finished, and facts of objects that were replaced, or never came to be. */
export async function* abandonedIn(
  bucket: Bucket,
  olderThan: number,
): AsyncGenerator<AbandonedObject, void, undefined> {
  for await (const uploads of listUploads(bucket, '')) {
    for (const { key, uploadId, atMs } of uploads.filter((one) => one.atMs < olderThan)) {
      yield told(key, atMs, () => bucket.endUpload(key, uploadId))
    }
  }
  for await (const page of listKeys(bucket, '')) {
    for (const { key, atMs } of page.filter((one) => one.atMs < olderThan)) {
      const facts = factsOf(key)
      if (!facts || (await isNamed(bucket, facts))) continue
      yield told(facts.of, atMs, () => bucket.delete([key]))
    }
  }
}

const isNamed = async (bucket: Bucket, { of, id }: { of: string; id: string }): Promise<boolean> =>
  (await bucket.head(of))?.Metadata?.[memberOfFacts] === id

const told = (key: string, atMs: number, abort: () => Promise<void>): AbandonedObject => ({
  key,
  seenAt: new Date(atMs).toISOString(),
  abort,
})
