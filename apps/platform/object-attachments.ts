import { createHash } from 'node:crypto'
import { within } from '#apps/platform/deadline'
import { RejectedError, TransientError } from '#core/errors'
import type { AttachmentLimits, AttachmentReference, Attachments } from '#ports/attachments'
import { checkKey } from '#ports/object-key'
import type { ObjectStore } from '#ports/object-store'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** Where the files of a tenant's notifications lie; nothing else of the store can go with one. */
export const attachmentPrefix = (tenantId: string): string => `attachments/${tenantId}/`

const readMsMaxUsual = 10_000

/** Files of notifications in the object store; each has to be read within so many milliseconds. */
export const objectAttachments = (
  objects: Pick<ObjectStore, 'head' | 'get'>,
  { readMsMax = readMsMaxUsual } = {},
): Attachments => ({
  async bytesOf(reference, { bytesMax, signal }) {
    expectAllowed(reference)
    const ending = new AbortController()
    const limits = { bytesMax, signal: AbortSignal.any([signal, ending.signal]) }
    const late = () => waiting(`a file was not read within ${readMsMax / 1_000} s`)
    try {
      return await within(readMsMax, bytesIn(objects, reference, limits), late)
    } catch (error) {
      // The store is no party of the sender's: a mail server is not spared for it.
      throw error instanceof TransientError ? waiting(error.message) : error
    } finally {
      ending.abort()
    }
  },
})

const waiting = (message: string) => new TransientError(message, { isOfParty: false })

function expectAllowed({ tenant_id, object_key }: AttachmentReference): void {
  const isOne = !tenant_id.includes('/') && isKey(tenant_id) && isKey(object_key)
  if (isOne && object_key.startsWith(attachmentPrefix(tenant_id))) return
  const message = 'a file is none of those that may go with notifications of this tenant'
  throw new RejectedError('attachment-not-allowed', message)
}

function isKey(text: string): boolean {
  try {
    checkKey(text)
    return true
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    return false
  }
}

async function bytesIn(
  objects: Pick<ObjectStore, 'head' | 'get'>,
  { object_key, sha256 }: AttachmentReference,
  { bytesMax, signal }: AttachmentLimits,
): Promise<Buffer> {
  // Before a byte of it is read: what is too large or another one is not fetched.
  const facts = await objects.head(object_key)
  if (facts) expectFits(facts.bytes, bytesMax)
  if (facts) expectSame(facts.sha256, sha256)
  const read = facts && (await objects.get(object_key))
  if (!read) throw new RejectedError('no-attachment', 'a file is not there any more')
  const bytes = await collected(read.body, { bytesMax, signal })
  expectSame(createHash('sha256').update(bytes).digest('hex'), sha256)
  return bytes
}

async function collected(
  body: AsyncIterable<Uint8Array>,
  { bytesMax, signal }: AttachmentLimits,
): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    signal.throwIfAborted()
    length += part.length
    expectFits(length, bytesMax)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function expectFits(bytes: number, bytesMax: number): void {
  if (bytes <= bytesMax) return
  throw new RejectedError('attachment-too-large', 'the files are larger than a mail takes')
}

function expectSame(found: string, sha256: string): void {
  if (found === sha256.toLowerCase()) return
  throw new RejectedError('attachment-differs', 'a file is another one than the one referred to')
}
