import { Problem } from '#apps/platform/problem'
import { parseUuid } from '#schemas/values/uuid'

/** The id in a path, in lower case. Problem 400 where it is no UUID. */
export function idOf(given: unknown): string {
  try {
    return parseUuid(given)
  } catch {
    throw new Problem(400, 'the id in the path is not a UUID')
  }
}
