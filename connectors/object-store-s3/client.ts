import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { S3Settings } from '#connectors/object-store-s3/config'
import { isStatus, overtaken, rangeHeader, s3Failure } from '#connectors/object-store-s3/mapping'
import type { ByteRange } from '#ports/object-store'
import { TransientError } from '#core/errors'

type Signal = AbortSignal | undefined

/** A whole object that is sent at once. */
export interface SentObject {
  readonly key: string
  readonly body: Uint8Array
  readonly contentType: string
  readonly metadata: Readonly<Record<string, string>>
  /** Hexadecimal: the store checks what it got. */
  readonly sha256: string
  readonly isOnlyNew?: boolean
}

/**
 * One bucket, or what of it lies below a prefix; keys are without it. Throws what `s3Failure` makes of S3's errors, and
 * the reason of a signal that aborts.
 */
export class Bucket {
  readonly client: S3Client
  readonly settings: S3Settings

  constructor(settings: S3Settings) {
    this.settings = settings
    const { endpoint, region, access_key_id: accessKeyId, attempts, connect_ms, idle_ms } = settings
    const secretAccessKey = settings.secret_access_key
    this.client = new S3Client({
      region,
      maxAttempts: attempts,
      requestHandler: { connectionTimeout: connect_ms, socketTimeout: idle_ms },
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
      ...(accessKeyId !== undefined &&
        secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    })
  }

  /** The members every command has. */
  place(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.settings.bucket, Key: this.settings.prefix + key }
  }

  /** Where a copy is made from, as its header has it: no letter of a bucket or a key needs another writing, but `@`. */
  source(key: string): string {
    const { bucket, prefix } = this.settings
    return encodeURI(`${bucket}/${prefix}${key}`)
  }

  /** Sends commands, and makes of what goes wrong what it means. */
  async asked<T>(send: (client: S3Client) => Promise<T>, signal?: Signal): Promise<T> {
    try {
      signal?.throwIfAborted()
      return await send(this.client)
    } catch (error) {
      signal?.throwIfAborted()
      throw s3Failure(error)
    }
  }

  /** The same, or undefined where S3 answers so. */
  async #unless<T>(
    statuses: readonly number[],
    send: (client: S3Client) => Promise<T>,
    signal?: Signal,
  ): Promise<T | undefined> {
    return this.asked(async (client) => {
      try {
        return await send(client)
      } catch (error) {
        if (isStatus(error, ...statuses) && (error as Error).name !== 'NoSuchBucket')
          return undefined
        throw error
      }
    }, signal)
  }

  async head(key: string, signal?: Signal): Promise<HeadObjectCommandOutput | undefined> {
    const command = new HeadObjectCommand(this.place(key))
    return this.#unless([404], (client) => client.send(command, options(signal)), signal)
  }

  /** `absent`: there is none. `behind`: the range begins behind its end. */
  async get(
    key: string,
    range?: ByteRange,
    asked: { readonly etag?: string; readonly signal?: Signal } = {},
  ): Promise<GetObjectCommandOutput | 'absent' | 'behind'> {
    const { etag, signal } = asked
    const header = rangeHeader(range)
    const command = new GetObjectCommand({
      ...this.place(key),
      ...(header !== undefined && { Range: header }),
      ...(etag !== undefined && { IfMatch: etag }),
    })
    return this.asked(async (client) => {
      try {
        return await client.send(command, options(signal))
      } catch (error) {
        if ((error as Error).name === 'NoSuchBucket') throw error
        if (isStatus(error, 404)) return 'absent'
        if (isStatus(error, 416)) return 'behind'
        if (isStatus(error, 412)) throw overtaken(key)
        throw error
      }
    }, signal)
  }

  /** Its ETag; undefined where only a new one was to be put, and there is one. */
  async put(sent: SentObject, signal?: Signal): Promise<string | undefined> {
    const command = new PutObjectCommand({
      ...this.place(sent.key),
      Body: sent.body,
      ContentType: sent.contentType,
      Metadata: { ...sent.metadata },
      ChecksumSHA256: Buffer.from(sent.sha256, 'hex').toString('base64'),
      ...(sent.isOnlyNew && { IfNoneMatch: '*' }),
    })
    const refused = sent.isOnlyNew ? [409, 412] : []
    const answer = await this.#unless(
      refused,
      (client) => client.send(command, options(signal)),
      signal,
    )
    return answer && (answer.ETag ?? '')
  }

  /** Of what is gone: success. */
  async delete(keys: readonly string[]): Promise<void> {
    const Objects = keys.map((key) => ({ Key: this.place(key).Key }))
    const command = new DeleteObjectsCommand({
      Bucket: this.settings.bucket,
      Delete: { Objects, Quiet: true },
    })
    const { Errors: [first] = [] } = await this.asked((client) => client.send(command))
    if (first) throw new TransientError(`the object store deletes only some (${first.Code})`)
  }

  /** Ends an upload with all that was sent of it; of one that is over: success. */
  async endUpload(key: string, UploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.place(key), UploadId })
    await this.#unless([404], (client) => client.send(command))
  }
}

const options = (signal: Signal) => (signal ? { abortSignal: signal } : {})
