import { createHash, randomBytes } from 'node:crypto'
import {
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import type { Bucket } from '#connectors/object-store-s3/client'
import { partsMax } from '#connectors/object-store-s3/config'
import {
  factsKey,
  type Facts,
  factsText,
  isNamed,
  isStatus,
  memberOfFacts,
  overtaken,
  tooLarge,
} from '#connectors/object-store-s3/mapping'
import type { Slice } from '#connectors/object-store-s3/plan-parts'
import { heeding } from '#core/heeding'

/** A part as it is sent: bytes, or some of an object that the store copies itself. */
export type SentPart = Uint8Array | Slice

export interface MultipartObject {
  readonly key: string
  readonly contentType: string
  readonly signal: AbortSignal | undefined
  /** Of the whole; asked for once all parts are sent. */
  readonly facts: () => Facts | Promise<Facts>
}

/**
 * Sends an object in parts, some at a time; it appears once all are there, and nothing of it stays otherwise. Its facts
 * are put before it appears, in an object of their own whose id its metadata names from the beginning: so none is ever
 * seen without them.
 */
export async function putInParts(
  bucket: Bucket,
  object: MultipartObject,
  parts: AsyncIterable<SentPart> | Iterable<SentPart>,
): Promise<string> {
  const upload = await begin(bucket, object)
  try {
    const sent = await upload.send(parts)
    await upload.keepFacts(await object.facts())
    return await upload.complete(sent)
  } catch (error) {
    await upload.abort()
    throw error
  }
}

async function begin(bucket: Bucket, { key, contentType, signal }: MultipartObject) {
  const id = randomBytes(8).toString('hex')
  const command = new CreateMultipartUploadCommand({
    ...bucket.place(key),
    ContentType: contentType,
    Metadata: { [memberOfFacts]: id },
    // That which the client sends with each part: some stores know no part by another one at the end.
    ChecksumAlgorithm: 'CRC32',
  })
  const { UploadId = '' } = await bucket.asked((client) => client.send(command), signal)
  return new Upload(bucket, { key, id, UploadId, signal })
}

interface Begun {
  readonly key: string
  /** Of its facts. */
  readonly id: string
  readonly UploadId: string
  readonly signal: AbortSignal | undefined
}

class Upload {
  readonly #bucket: Bucket
  readonly #begun: Begun
  readonly #breaking = new AbortController()
  /** Parts that are under way; none of them rejects. */
  readonly #running = new Set<Promise<void>>()

  constructor(bucket: Bucket, begun: Begun) {
    this.#bucket = bucket
    this.#begun = begun
  }

  async send(
    parts: AsyncIterable<SentPart> | Iterable<SentPart>,
  ): Promise<readonly CompletedPart[]> {
    const { signal } = this.#begun
    const { parts_at_once } = this.#bucket.settings
    const giveUp = () => this.#breaking.abort(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    const sent: CompletedPart[] = []
    try {
      for await (const part of heeding(this.#breaking.signal, parts)) {
        const number = sent.push({}) // Its place; what it is comes when it is there.
        if (number > partsMax) throw tooLarge()
        const sending = this.#send(part, number).then(
          (completed) => void (sent[number - 1] = completed),
          (error: unknown) => this.#breaking.abort(error),
        )
        const running: Promise<void> = sending.finally(() => this.#running.delete(running))
        this.#running.add(running)
        if (this.#running.size >= parts_at_once) await Promise.race(this.#running)
        this.#breaking.signal.throwIfAborted()
      }
      await Promise.all(this.#running)
      this.#breaking.signal.throwIfAborted()
      return sent
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  async #send(part: SentPart, PartNumber: number): Promise<CompletedPart> {
    const { key, UploadId } = this.#begun
    const abortSignal = this.#breaking.signal
    const place = { ...this.#bucket.place(key), UploadId, PartNumber }
    if (part instanceof Uint8Array) {
      const command = new UploadPartCommand({ ...place, Body: part })
      const sending = () => this.#bucket.client.send(command, { abortSignal })
      return { PartNumber, ...checkedPart(await this.#bucket.asked(sending, abortSignal)) }
    }
    const command = new UploadPartCopyCommand({
      ...place,
      CopySource: this.#bucket.source(part.key),
      CopySourceRange: `bytes=${part.from}-${part.to - 1}`,
      CopySourceIfMatch: part.etag,
    })
    const { CopyPartResult = {} } = await this.#bucket.asked(async (client) => {
      try {
        return await client.send(command, { abortSignal })
      } catch (error) {
        if (isStatus(error, 412) || isNamed(error, 'NoSuchKey')) throw overtaken(part.key)
        throw error
      }
    }, abortSignal)
    return { PartNumber, ...checkedPart(CopyPartResult) }
  }

  async keepFacts(facts: Facts): Promise<void> {
    const { key, id, signal } = this.#begun
    const body = Buffer.from(factsText(facts))
    const sha256 = createHash('sha256').update(body).digest('hex')
    const contentType = 'application/json'
    const sent = { key: factsKey(key, id), body, contentType, metadata: {}, sha256 }
    await this.#bucket.put(sent, signal)
  }

  /** Its ETag. */
  async complete(sent: readonly CompletedPart[]): Promise<string> {
    const { key, UploadId, signal } = this.#begun
    const command = new CompleteMultipartUploadCommand({
      ...this.#bucket.place(key),
      UploadId,
      MultipartUpload: { Parts: [...sent] },
    })
    try {
      const { ETag = '' } = await this.#bucket.asked((client) => client.send(command), signal)
      return ETag
    } catch (error) {
      // An answer that was lost on its way: the object may be there.
      const found = await this.#bucket.head(key).catch(() => undefined)
      if (found?.Metadata?.[memberOfFacts] !== this.#begun.id) throw error
      return found.ETag ?? ''
    }
  }

  /** What goes wrong here changes nothing of what is told: what stays is found as abandoned. */
  async abort(): Promise<void> {
    const { key, id, UploadId } = this.#begun
    this.#breaking.abort()
    // A part that arrives after the upload was ended would stay.
    await Promise.all(this.#running)
    await this.#bucket.endUpload(key, UploadId).catch(() => undefined)
    await this.#bucket.delete([factsKey(key, id)]).catch(() => undefined)
  }
}

/** What S3 wants to be told again of a part at the end. */
function checkedPart(answer: CompletedPart): CompletedPart {
  const names = ['ETag', 'ChecksumCRC32', 'ChecksumCRC32C', 'ChecksumCRC64NVME'] as const
  return Object.fromEntries(
    names.flatMap((name) => (answer[name] === undefined ? [] : [[name, answer[name]]])),
  )
}
