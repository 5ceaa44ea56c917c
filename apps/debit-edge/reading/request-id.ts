import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { formatError } from '#apps/debit-edge/reading/refusal'

const shape = /^[A-Za-z0-9._:-]{1,64}$/

/** Whether a text can be the id of a request. */
export const isRequestId = (text: string): boolean => shape.test(text)

const invalid = (name: string) =>
  formatError(
    'invalid-request-id',
    `${name} must be 1 to 64 letters, digits or characters of . _ : -`,
  )

/**
 * The id of a request: of the header `Idempotency-Key`, with or without quotes, or of the body's `request_id`; made
 * where neither is given. Problem 422 where they differ, or it is no such id.
 */
export function requestIdIn(headers: IncomingHttpHeaders, inBody?: string): string {
  const header = headers['idempotency-key']
  const inHeader = header === undefined ? undefined : unquoted(String(header))
  if (inHeader !== undefined && !shape.test(inHeader)) throw invalid('Idempotency-Key')
  if (inBody !== undefined && !shape.test(inBody)) throw invalid('request_id')
  if (inHeader !== undefined && inBody !== undefined && inHeader !== inBody) {
    throw formatError('two-request-ids', 'Idempotency-Key and request_id differ: give one of them')
  }
  return inHeader ?? inBody ?? randomUUID()
}

// The draft of the header has a string in quotes; most callers send it bare.
const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1] ?? text
