import { z } from 'zod'
import { RejectedError, TransientError } from '#core/errors'
import { InvalidValueError } from '#schemas/values/invalid-value'
import type { ByteRange } from '#ports/object-store'

/** What of an error of the SDK is looked at. */
interface S3Error extends Error {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

const statusOf = (error: unknown): number | undefined =>
  (error as S3Error).$metadata?.httpStatusCode

export const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  statuses.includes(statusOf(error) ?? 0)

export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  names.includes((error as Error).name)

/** Its writer or its reader was overtaken: whoever tries again finds what is there now. */
export const overtaken = (key: string): TransientError =>
  new TransientError(`object ${key} was replaced or deleted meanwhile`, { isOfParty: false })

export const damaged = (key: string, how: string): RejectedError =>
  new RejectedError('damaged-object', `object ${key} is damaged: ${how}`)

/** By the code of S3, in words an operator can act on. */
const sentences: Readonly<Record<string, string>> = {
  NoSuchBucket: 'its bucket is not there: make it, or set S3_BUCKET to one that is',
  PermanentRedirect: 'its bucket is in another region: set S3_REGION',
  AuthorizationHeaderMalformed: 'its bucket is in another region: set S3_REGION',
  RequestTimeTooSkewed: 'the clocks of this machine and of the store differ',
  QuotaExceeded: 'it is full: make room in it',
  XMinioStorageFull: 'it is full: make room in it',
  InsufficientStorage: 'it is full: make room in it',
}

/**
 * What a failure of the store means. S3's own words repeat keys, and those of the connection addresses: neither is
 * shown, but for their code.
 */
export function s3Failure(error: unknown): Error {
  if (error instanceof TransientError || error instanceof RejectedError) return error
  const { name, code } = error as S3Error
  const status = statusOf(error)
  const word = /^[\w.-]{1,60}$/.test(code ?? name) ? (code ?? name) : 'for no known reason'
  const known = sentences[name] ?? (status === 507 ? sentences['QuotaExceeded'] : undefined)
  if (known !== undefined) return new TransientError(`the object store cannot be used: ${known}`)
  if (status === undefined) return new TransientError(`the object store gave no answer (${word})`)
  // It says that it is done, and the rest of what it says ended early.
  if (status < 300) return new TransientError(`the object store gave half an answer (${word})`)
  if (status === 401 || status === 403) {
    return new TransientError(
      `the object store does not take our credentials, or they have no right to this (${word})`,
    )
  }
  if (status >= 500 || [408, 429].includes(status) || name === 'RequestTimeout') {
    return new TransientError(`the object store is busy or fails (${status}, ${word})`)
  }
  if (name === 'EntityTooLarge') return tooLarge()
  return new RejectedError('object-store-refusal', `the object store refuses (${status}, ${word})`)
}

export const tooLarge = (): RejectedError =>
  new RejectedError('object-too-large', 'the object is larger than the object store keeps')

/** The header of a range; undefined for the whole. */
export function rangeHeader(range: ByteRange | undefined): string | undefined {
  if (!range) return undefined
  const { from, to } = range
  const isRange = Number.isSafeInteger(from) && from >= 0 && (to === undefined || from < to)
  if (!isRange) throw new InvalidValueError('is no range of bytes')
  if (to === undefined) return from === 0 ? undefined : `bytes=${from}-`
  return `bytes=${from}-${to - 1}`
}

/** What S3 has no place for once an object's first byte was sent: in an object of its own, beside it. */
const Facts = z.object({
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Facts = z.infer<typeof Facts>

/** Members of an object's own metadata: its checksum, or the id of its facts. */
export const memberOfSha256 = 'corrente-sha256'
export const memberOfFacts = 'corrente-facts'

// No key has this sign.
const mark = '@'

export const factsKey = (key: string, id: string): string => `${key}${mark}${id}`

/** The object that a key of facts is about; undefined of any other key. */
export function factsOf(key: string): { readonly of: string; readonly id: string } | undefined {
  const at = key.indexOf(mark)
  return at === -1 ? undefined : { of: key.slice(0, at), id: key.slice(at + 1) }
}

export const factsText = (facts: Facts): string => JSON.stringify(facts)

export function readFacts(key: string, text: string): Facts {
  try {
    return Facts.parse(JSON.parse(text))
  } catch {
    throw damaged(key, 'its facts cannot be read')
  }
}
