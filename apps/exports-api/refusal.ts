import { Problem } from '#apps/platform/problem'

interface Refused {
  /** For programs. */
  readonly code: string
  /** One sentence that repeats nothing of the request. */
  readonly detail: string
  /** The member it is about, as in RFC 6901. */
  readonly pointer?: string
  /** What would have been taken. */
  readonly known?: readonly string[]
}

/** A refusal as a problem: with `code` beside what every problem has. */
export const refusal = (
  status: number,
  { detail, ...members }: Refused,
  headers: Readonly<Record<string, string>> = {},
): Problem => new Problem(status, detail, { members, headers })

/** 422: a member of the body, or of the query, cannot be meant so. */
export const memberError = (name: string, why: string): Problem =>
  refusal(422, { code: 'invalid-member', detail: `${name} ${why}`, pointer: `/${name}` })
