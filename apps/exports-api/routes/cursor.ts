import { memberError } from '#apps/exports-api/refusal'

export const pageSize = { usual: 50, most: 200 } as const

/** A request in the order of a list. */
export interface Place {
  readonly atMs: number
  readonly requestId: string
}

/** Where a page ends, for the question for the next one; nobody but this route reads anything in it. */
export const cursorOf = ({ atMs, requestId }: Place): string =>
  Buffer.from(`${atMs}.${requestId}`).toString('base64url')

/** How many are asked for (`limit`), and behind which (`cursor`). Problem 422 where one of them cannot be meant. */
export function placeIn({ limit, cursor }: Readonly<Record<string, unknown>>): {
  readonly count: number
  readonly place: Place | undefined
} {
  return { count: countOf(limit), place: placeOf(cursor) }
}

function countOf(limit: unknown): number {
  if (limit === undefined) return pageSize.usual
  const count = typeof limit === 'string' && /^[1-9]\d{0,2}$/.test(limit) ? Number(limit) : 0
  if (count >= 1 && count <= pageSize.most) return count
  throw memberError('limit', `must be a whole number from 1 to ${pageSize.most}`)
}

function placeOf(cursor: unknown): Place | undefined {
  if (cursor === undefined) return undefined
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString('latin1') : ''
  const [, atMs, requestId] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (atMs !== undefined && requestId !== undefined) return { atMs: Number(atMs), requestId }
  throw memberError('cursor', 'must be the next_cursor of an earlier answer')
}
