import type { IncomingHttpHeaders } from 'node:http'
import { refusal } from '#apps/exports-api/refusal'
import { namedId } from '#core/identity'

const shape = /^[A-Za-z0-9._:-]{1,64}$/

/** The header `Idempotency-Key`, with or without quotes; undefined where it is absent. Problem 422 where it is no key. */
export function idempotencyKeyIn(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['idempotency-key']
  if (given === undefined) return undefined
  const text = String(given)
  // The draft of the header has a string in quotes; most callers send it bare.
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text
  if (shape.test(key)) return key
  throw refusal(422, {
    code: 'invalid-idempotency-key',
    detail: 'Idempotency-Key must be 1 to 64 letters, digits or characters of . _ : -',
  })
}

/** The id of the request that a tenant's key stands for. */
export const requestIdOf = (tenantId: string, key: string): string =>
  namedId(JSON.stringify(['export request', tenantId, key]))
