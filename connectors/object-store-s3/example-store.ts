import { onTestFinished } from 'vitest'
import { s3Store, type S3StoreConfig } from '#connectors/object-store-s3/index'
import { startS3Sandbox } from '#connectors/object-store-s3/sandbox'
import type { ByteRange, ObjectStore } from '#ports/object-store'

/** A store in a sandbox of its own, which tries everything once, in the smallest parts there are. */
export async function exampleStore(config: Partial<S3StoreConfig> = {}) {
  const sandbox = await startS3Sandbox()
  onTestFinished(() => sandbox.stop())
  const store = s3Store({
    bucket: sandbox.bucket,
    endpoint: sandbox.url,
    access_key_id: sandbox.key.id,
    secret_access_key: sandbox.key.secret,
    attempts: 1,
    part_bytes: 5 * 1024 * 1024,
    ...config,
  })
  onTestFinished(() => store.close())
  return { sandbox, store }
}

/** More than one part has. */
export const longBytes = Buffer.alloc(11 * 1024 * 1024, 'long')

export async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1_000_000) yield bytes.subarray(at, at + 1_000_000)
}

export async function bytesOf(store: ObjectStore, key: string, range?: ByteRange): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await store.get(key, range))!.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
