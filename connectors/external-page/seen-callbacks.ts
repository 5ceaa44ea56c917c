/** Callbacks that were taken, by their signatures. */
export interface SeenCallbacks {
  /** Whether it is the first with this signature; from then on it is not. */
  isFirst(signature: string, now: Date): boolean
}

/**
 * Remembers each for `secondsKept`, and no more than `countMax`: of more, the oldest are forgotten before their time.
 * Only what is signed gets here, so nobody else can fill it.
 */
export const newSeenCallbacks = (secondsKept: number, countMax: number): SeenCallbacks => {
  const endsAt = new Map<string, number>()

  const forget = (nowMs: number): void => {
    // Oldest first, all kept equally long: those that are over stand in front.
    for (const [signature, end] of endsAt) {
      if (end >= nowMs && endsAt.size <= countMax) break
      endsAt.delete(signature)
    }
  }

  return {
    isFirst(signature, now) {
      const nowMs = now.getTime()
      forget(nowMs)
      if (endsAt.has(signature)) return false
      endsAt.set(signature, nowMs + secondsKept * 1_000)
      forget(nowMs)
      return true
    },
  }
}
