import type { IncomingHttpHeaders } from 'node:http'
import { formatError } from '#apps/debit-edge/reading/refusal'

/** When a request is no longer of use, epoch milliseconds: `Request-Deadline-Ms` may ask for less than is usual. */
export function deadlineIn(headers: IncomingHttpHeaders, nowMs: number, usualMs: number): number {
  const given = headers['request-deadline-ms']
  if (given === undefined) return nowMs + usualMs
  const ms = /^[1-9]\d{0,8}$/.test(String(given)) ? Number(given) : NaN
  if (ms > 0) return nowMs + Math.min(ms, usualMs)
  throw formatError(
    'invalid-deadline',
    'Request-Deadline-Ms must be a whole number of milliseconds',
  )
}
