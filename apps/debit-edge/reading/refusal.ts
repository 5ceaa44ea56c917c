import { Problem } from '#apps/platform/problem'

/** Why a request is refused here, before anybody decides on it. */
export interface Refused {
  /** Response code, DE 39 of ISO 8583. */
  readonly code: string
  /** For machines. */
  readonly reason: string
  /** One sentence that repeats nothing of the request. */
  readonly detail: string
  /** The member it is about, as in RFC 6901. */
  readonly pointer?: string
  /** The request it is about, where it has got as far as that. */
  readonly request_id?: string
}

/** A refusal as a problem: with `code` and `reason` beside what every problem has. */
export function refusal(
  status: number,
  { detail, ...members }: Refused,
  headers?: Readonly<Record<string, string>>,
): Problem {
  return new Problem(status, detail, { members, ...(headers ? { headers } : {}) })
}

/** 422, code 30: what is asked for is not in the form it must have. */
export const formatError = (reason: string, detail: string, pointer?: string): Problem =>
  refusal(422, { code: '30', reason, detail, ...(pointer === undefined ? {} : { pointer }) })

/** The same of one member. */
export const memberError = (name: string, why: string): Problem =>
  formatError('invalid-member', `${name} ${why}`, `/${name}`)
