import { formatError } from '#apps/debit-edge/reading/refusal'

const countUsual = 50
const countMax = 500

/** Where a page ends, for the question for the next one; nobody but this route reads anything in it. */
export const cursorOf = (place: readonly number[]): string =>
  Buffer.from(place.join('.')).toString('base64url')

/**
 * How many items are asked for (`limit`) and behind which place (`cursor`) of so many numbers. Problem 422 where one of
 * them cannot be meant.
 */
export function placeIn(
  { limit, cursor }: Readonly<Record<string, unknown>>,
  numbers: number,
): { readonly count: number; readonly place: readonly number[] | undefined } {
  return { count: countOf(limit), place: placeOf(cursor, numbers) }
}

function countOf(limit: unknown): number {
  if (limit === undefined) return countUsual
  const count = typeof limit === 'string' && /^[1-9]\d{0,3}$/.test(limit) ? Number(limit) : 0
  if (count >= 1 && count <= countMax) return count
  throw formatError('invalid-limit', `limit must be a whole number from 1 to ${countMax}`)
}

function placeOf(cursor: unknown, numbers: number): readonly number[] | undefined {
  if (cursor === undefined) return undefined
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString('latin1') : ''
  const place = /^\d{1,16}(\.\d{1,16}){0,2}$/.test(text) ? text.split('.').map(Number) : []
  const isPlace = place.length === numbers && place.every(Number.isSafeInteger)
  if (isPlace) return place
  throw formatError('invalid-cursor', 'cursor must be the next_cursor of an earlier answer')
}
