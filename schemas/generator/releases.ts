import type { RecordSchema } from '#schemas/avro'
import { checkBackward } from '#schemas/compatibility'

/** The schemas released under a topic, oldest first. */
export type Released = readonly object[]

/** Whether a schema says the same as another, spelling and order of attributes aside. */
export const isSame = (one: object, other: object): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted)
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  )
}

/**
 * The number of the version to release for the topic; undefined where the newest says the same
 * already. Throws with the problems where values of a released version could not be read with it.
 */
export function nextVersion(
  topic: string,
  schema: RecordSchema,
  released: Released,
): number | undefined {
  const newest = released.at(-1)
  if (newest !== undefined && isSame(schema, newest)) return undefined
  const problems = released.flatMap((old, i) =>
    checkBackward(schema, old).map((problem) => `${topic} against version ${i + 1}: ${problem}`),
  )
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return released.length + 1
}
