import { Bucket } from '#connectors/object-store-s3/client'
import { composeObject } from '#connectors/object-store-s3/compose-object'
import { S3StoreConfig } from '#connectors/object-store-s3/config'
import { listKeys } from '#connectors/object-store-s3/lists'
import { factsOf } from '#connectors/object-store-s3/mapping'
import { putAtOnce, putObject } from '#connectors/object-store-s3/put-object'
import { headOf, readObject } from '#connectors/object-store-s3/reading'
import { abandonedIn, deleteBelow, deleteObject } from '#connectors/object-store-s3/removing'
import { signedUrl } from '#connectors/object-store-s3/signed-url'
import { RejectedError } from '#core/errors'
import { checkKey, checkPrefix } from '#ports/object-key'
import { checkLink, instantMs } from '#ports/object-link'
import type { ObjectStore } from '#ports/object-store'
import { InvalidValueError } from '#schemas/values/invalid-value'

export type { S3StoreConfig } from '#connectors/object-store-s3/config'

interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/**
 * Objects in a bucket of S3, or of a store that speaks as it does: what was answered is as safe as that store keeps it.
 * Throws RejectedError('bad-configuration') naming the member that is wrong.
 */
export function s3Store(config: S3StoreConfig, { now = Date.now }: Surroundings = {}): ObjectStore {
  const bucket = new Bucket(settingsOf(config))
  return {
    async put(key, body, options = {}) {
      checkKey(key)
      return putObject(bucket, key, body instanceof Uint8Array ? [body] : body, options)
    },
    async putIfAbsent(key, bytes, options) {
      checkKey(key)
      const stored = await putAtOnce(bucket, key, bytes, { ...options, isOnlyNew: true })
      return stored ? 'stored' : 'present'
    },
    async get(key, range) {
      checkKey(key)
      return readObject(bucket, key, range)
    },
    async head(key) {
      checkKey(key)
      return headOf(bucket, key)
    },
    async delete(key) {
      checkKey(key)
      await deleteObject(bucket, key)
    },
    async deletePrefix(prefix) {
      checkPrefix(prefix)
      if (prefix === '') throw new InvalidValueError('is empty: everything would be deleted')
      return deleteBelow(bucket, prefix)
    },
    async *list(prefix) {
      checkPrefix(prefix)
      for await (const page of listKeys(bucket, prefix)) {
        for (const { key, bytes, atMs } of page) {
          if (!factsOf(key)) yield { key, bytes, storedAt: new Date(atMs).toISOString() }
        }
      }
    },
    async compose(key, parts, options = {}) {
      checkKey(key)
      return composeObject(bucket, key, parts, options)
    },
    async signGet(key, link) {
      checkKey(key)
      const nowMs = now()
      const expiresAtMs = checkLink(link, nowMs)
      return signedUrl(bucket, key, { filename: link.filename, nowMs, expiresAtMs })
    },
    async *abandoned(olderThan) {
      yield* abandonedIn(bucket, instantMs(olderThan))
    },
    async close() {
      bucket.client.destroy()
    },
  }
}

function settingsOf(config: S3StoreConfig) {
  const parsed = S3StoreConfig.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const named = [...(issue?.path ?? []), issue?.message].join(': ')
  throw new RejectedError('bad-configuration', named)
}
