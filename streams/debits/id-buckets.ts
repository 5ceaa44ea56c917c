import { clockSkewMsMax } from '#streams/debits/known'

/**
 * Ids of requests lie in buckets of so much time, in the order of their keys. All installations have these, so that
 * none forgets an id by choosing another window; the default one never spans more than two.
 */
const bucketMs = 72 * 3_600_000 + 2 * clockSkewMsMax

const bucketOf = (ms: number): number => Math.floor(ms / bucketMs)
const keyOf = (bucket: number): string => `r/${String(bucket).padStart(8, '0')}`

/** What the keys of ids begin with that are noted now. */
export const bucketKey = (nowMs: number): string => keyOf(bucketOf(nowMs))

/** The same for all ids that may be of the window, newest first: also where clocks were set meanwhile. */
export function bucketKeysWithin(nowMs: number, windowMs: number): readonly string[] {
  const oldest = bucketOf(nowMs - windowMs - clockSkewMsMax)
  const keys: string[] = []
  for (let bucket = bucketOf(nowMs + clockSkewMsMax); bucket >= oldest; bucket--) {
    keys.push(keyOf(bucket))
  }
  return keys
}

/** Keys of ids nobody asks for any more, whatever clocks do. */
export const forgottenRange = (nowMs: number, windowMs: number) => ({
  gte: 'r/',
  lt: keyOf(bucketOf(nowMs - windowMs - 2 * clockSkewMsMax)),
})
