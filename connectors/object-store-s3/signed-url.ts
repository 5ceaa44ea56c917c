import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Bucket } from '#connectors/object-store-s3/client'
import { attachmentNamed } from '#ports/object-link'
import { InvalidValueError } from '#schemas/values/invalid-value'

interface Given {
  readonly filename: string
  readonly nowMs: number
  readonly expiresAtMs: number
}

/**
 * A URL of S3's own, good until its instant by S3's clock, or as long as the credentials are that sign it: those of a
 * session end with it. S3 counts in whole seconds: it is over up to a second early, never late.
 */
export async function signedUrl(bucket: Bucket, key: string, given: Given): Promise<string> {
  const { filename, nowMs, expiresAtMs } = given
  const signedAt = Math.floor(nowMs / 1_000)
  const expiresIn = Math.floor(expiresAtMs / 1_000) - signedAt
  if (expiresIn < 1) throw new InvalidValueError('is over: no link is made for it')
  const command = new GetObjectCommand({
    ...bucket.place(key),
    ResponseContentDisposition: attachmentNamed(filename),
    ResponseCacheControl: 'private, no-store',
  })
  const signingDate = new Date(signedAt * 1_000)
  return bucket.asked((client) => getSignedUrl(client, command, { expiresIn, signingDate }))
}
