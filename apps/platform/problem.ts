import { STATUS_CODES } from 'node:http'
import { RejectedError, TransientError } from '#core/errors'

interface ProblemOptions {
  /** In a word or two; the status' own phrase where absent. */
  readonly title?: string
  /** Further members of the answer, such as `pointer`. */
  readonly members?: Readonly<Record<string, unknown>>
  /** Headers that go with the status, in lower case, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer that is no success, as RFC 9457 has it. `detail` is one sentence without personal values. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, detail: string, options: ProblemOptions = {}) {
    super(detail)
    this.status = status
    this.title = options.title ?? STATUS_CODES[status] ?? 'Problem'
    this.detail = detail
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }

  /** The body, `application/problem+json`; `instance` is the path asked for, without its query. */
  toJson(instance: string): object {
    const { status, title, detail, members } = this
    return { ...members, type: 'about:blank', title, status, detail, instance }
  }
}

/** Seconds after which a caller may try again. */
const retryAfterSeconds = 5

/** 503: the world was not ready, and the same request may succeed in some seconds. */
export const tryLater = (detail: string): Problem =>
  new Problem(503, detail, { headers: { 'retry-after': String(retryAfterSeconds) } })

const unreadable: Readonly<Record<number, string>> = {
  400: 'the request cannot be read',
  413: 'the body is larger than is taken here',
  415: 'the body is in a coding or a character set that is not taken here',
}

/** The answer to whatever a route threw; what is not known as the caller's fault is ours, 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof TransientError) return tryLater(error.message)
  if (error instanceof RejectedError) {
    return new Problem(422, error.message, { members: { code: error.code } })
  }
  const status = statusOf(error)
  // What body parsers say repeats the body; only their status is passed on.
  if (status >= 400 && status < 500) return new Problem(status, unreadable[status] ?? 'refused')
  return new Problem(500, 'something broke here; the request id finds it in the log')
}

const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error ? Number(error.status) : 500
