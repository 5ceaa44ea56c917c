/**
 * How a transient failure is tried again: the delay doubles from first to max. Exhausted after `attemptsMax` tries or
 * `ageMsMax` after the first, whichever comes first; where neither is given it is tried for ever.
 */
export interface RetryPolicy {
  readonly delayMsFirst: number
  readonly delayMsMax: number
  readonly attemptsMax?: number
  /** Milliseconds since the record was first tried. */
  readonly ageMsMax?: number
}

/** Whether the policy allows no further try. */
export const isExhausted = (
  { attemptsMax = Infinity, ageMsMax = Infinity }: RetryPolicy,
  attempts: number,
  ageMs: number,
): boolean => attempts >= attemptsMax || (attempts > 0 && ageMs >= ageMsMax)

/** Milliseconds to wait after the given attempt (the first is 1), with jitter of half the delay. */
export const delayMs = (policy: RetryPolicy, attempt: number, random = Math.random): number =>
  // The exponent is bounded: 2 ** 1024 is Infinity and a task may wait for days.
  Math.min(policy.delayMsMax, policy.delayMsFirst * 2 ** Math.min(attempt - 1, 30)) *
  (0.5 + random() / 2)
