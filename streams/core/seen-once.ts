/** Texts that were seen: signatures or ids of messages that must not count twice. */
export interface SeenOnce {
  /** Whether it is seen for the first time; from then on it is not. */
  isFirst(text: string, now: Date): boolean
}

/**
 * Remembers each for `secondsKept`, and no more than `countMax`: of more, the oldest are forgotten before their time.
 * Only what was verified may get here, so that nobody else can fill it. Of one process, and gone with it.
 */
export const newSeenOnce = (secondsKept: number, countMax: number): SeenOnce => {
  const endsAt = new Map<string, number>()

  const forget = (nowMs: number): void => {
    // Oldest first, all kept equally long: those that are over stand in front.
    for (const [text, end] of endsAt) {
      if (end >= nowMs && endsAt.size <= countMax) break
      endsAt.delete(text)
    }
  }

  return {
    isFirst(text, now) {
      const nowMs = now.getTime()
      forget(nowMs)
      if (endsAt.has(text)) return false
      endsAt.set(text, nowMs + secondsKept * 1_000)
      forget(nowMs)
      return true
    },
  }
}
