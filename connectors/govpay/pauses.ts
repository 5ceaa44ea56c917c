import { TransientError } from '#core/errors'

const pauseMsMax = 300_000

/** Until when servers asked to be left alone, by the key of a caller: all connections of a process heed it. */
const ends = new Map<string, number>()

/** Notes that a server asked for a pause: the `Retry-After` of its answer, seconds or a date; five minutes at most. */
export const notePause = (key: string, retryAfter: string | undefined): void => {
  const asked = msOf(retryAfter)
  if (asked > 0) ends.set(key, performance.now() + Math.min(asked, pauseMsMax))
}

/** Throws TransientError while a pause lasts, so that nothing is sent. */
export const heedPause = (key: string): void => {
  const leftMs = (ends.get(key) ?? 0) - performance.now()
  if (leftMs > 0) {
    throw new TransientError(
      `GovPay asked to be left alone for ${Math.ceil(leftMs / 1_000)} s more`,
    )
  }
  ends.delete(key)
}

const msOf = (retryAfter = ''): number => {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? 0 : at - Date.now()
}
