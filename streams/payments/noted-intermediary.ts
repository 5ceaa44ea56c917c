import { type Exchange, type NoteExchange, noting } from '#core/exchanges'
import type { Intermediary } from '#ports/intermediary'
import type { Unstamped } from '#schemas/topic'
import type { PaymentExchange } from '#schemas/generated/types'
import { isPublicSegment } from '#streams/payments/public-members'
import { mediaTypeOf, redactedBody } from '#streams/payments/redacted-body'

/** Whose exchanges are noted. */
export interface Noted {
  readonly payment_id: string
  readonly connector: string
}

/** Who is told of the exchanges of a payment. */
export type NotesOf = (noted: Noted) => NoteExchange

/** The intermediary, whatever it exchanges being noted. */
export const notedIntermediary = (intermediary: Intermediary, note: NoteExchange): Intermediary =>
  Object.fromEntries(
    Object.entries(intermediary as unknown as Record<string, (...args: unknown[]) => unknown>).map(
      ([name, method]) => [
        name,
        (...args: unknown[]) => noting(note, () => method.apply(intermediary, args)),
      ],
    ),
  ) as unknown as Intermediary

/** An exchange as it is kept: no header but the media types, no value of a query, no person, no secret. */
export function toPaymentExchange(
  { payment_id, connector }: Noted,
  { direction, method, url, startedAt, ms, status, error, request, response }: Exchange,
): Unstamped<PaymentExchange> {
  const { host, path } = shownUrl(url, payment_id)
  return {
    payment_id,
    connector,
    direction,
    method,
    host,
    path,
    started_at: startedAt.getTime(),
    ms,
    status: status ?? null,
    error: error === undefined ? null : codeIn(error),
    request_type: mediaTypeOf(request?.type),
    request_bytes: request?.bytes.length ?? 0,
    request_body: request ? redactedBody(request, payment_id) : null,
    response_type: mediaTypeOf(response?.type),
    response_bytes: response?.bytes.length ?? 0,
    response_body: response ? redactedBody(response, payment_id) : null,
  }
}

interface ShownUrl {
  readonly host: string
  /** With the names of the query. */
  readonly path: string
}

function shownUrl(url: string, payment_id: string): ShownUrl {
  if (!URL.canParse(url)) return { host: '', path: '' }
  const { host, pathname, searchParams } = new URL(url)
  const path = pathname
    .split('/')
    .map((segment) => (segment === '' || isPublicSegment(segment, payment_id) ? segment : '…'))
    .join('/')
  const names = [...new Set(searchParams.keys())].map((name) => (isName(name) ? name : '…'))
  return { host, path: names.length > 0 ? `${path}?${names.join('&')}` : path }
}

const isName = (name: string): boolean => /^[A-Za-z_][A-Za-z_-]{0,39}$/.test(name)

const codeIn = (error: string): string =>
  /^[A-Za-z][\w-]{0,39}$/.test(error) ? error : 'unknown-error'
