import { setTimeout as sleep } from 'node:timers/promises'
import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import type { ObjectStore } from '#ports/object-store'
import type { StoreDriver } from '#tests/contract/object-store/store-driver'

/** How a bucket is reached by whoever else writes to it. */
export interface S3Place {
  readonly bucket: string
  readonly endpoint: string
  readonly region?: string
  readonly prefix?: string
  readonly access_key_id: string
  readonly secret_access_key: string
}

/** What the contract needs of a bucket beside the store on it; time passes there by itself. */
export function s3Driver(place: S3Place, store: ObjectStore): StoreDriver {
  const { bucket: Bucket, endpoint, region = 'us-east-1', prefix = '' } = place
  const credentials = { accessKeyId: place.access_key_id, secretAccessKey: place.secret_access_key }
  return {
    store,
    async begin(key) {
      const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials })
      const object = { Bucket, Key: prefix + key }
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(object))
      const part = { ...object, UploadId, PartNumber: 1, Body: Buffer.from('some of it') }
      await client.send(new UploadPartCommand(part))
      client.destroy()
    },
    pass: (ms) => sleep(ms),
    now: () => Date.now(),
    lacks: new Set(),
  }
}
