import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Bucket } from '#connectors/object-store-s3/client'

/** A key in the bucket, with the time S3 tells of it, milliseconds since 1970. */
export interface ListedKey {
  readonly key: string
  readonly bytes: number
  readonly atMs: number
}

export interface ListedUpload {
  readonly key: string
  readonly uploadId: string
  readonly atMs: number
}

/** All keys below a prefix, in the order of their bytes. */
export async function* listKeys(
  asked: Bucket,
  prefix: string,
): AsyncGenerator<readonly ListedKey[], void, undefined> {
  const { bucket, page, prefix: own } = asked.settings
  let after: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: own + prefix,
      MaxKeys: page,
      ...(after !== undefined && { ContinuationToken: after }),
    })
    const answer = await asked.asked((client) => client.send(command))
    yield (answer.Contents ?? []).map(({ Key = '', Size = 0, LastModified }) => ({
      key: Key.slice(own.length),
      bytes: Size,
      atMs: LastModified?.getTime() ?? 0,
    }))
    after = answer.NextContinuationToken
  } while (after !== undefined)
}

/** None where the store is said to have no such list. */
export async function* listUploads(
  asked: Bucket,
  prefix: string,
): AsyncGenerator<readonly ListedUpload[], void, undefined> {
  const { bucket, page, prefix: own, lacks } = asked.settings
  if (lacks.includes('uploads')) return
  let after: { KeyMarker: string; UploadIdMarker: string } | undefined
  do {
    const command = new ListMultipartUploadsCommand({
      Bucket: bucket,
      Prefix: own + prefix,
      MaxUploads: page,
      ...after,
    })
    const answer = await asked.asked((client) => client.send(command))
    yield (answer.Uploads ?? []).map(({ Key = '', UploadId = '', Initiated }) => ({
      key: Key.slice(own.length),
      uploadId: UploadId,
      atMs: Initiated?.getTime() ?? 0,
    }))
    const { IsTruncated, NextKeyMarker = '', NextUploadIdMarker = '' } = answer
    after = IsTruncated
      ? { KeyMarker: NextKeyMarker, UploadIdMarker: NextUploadIdMarker }
      : undefined
  } while (after)
}
