/** How long a transient failure waits before it is tried again: the delay doubles from first to max. */
export interface RetryPolicy {
  readonly delayMsFirst: number
  readonly delayMsMax: number
}

/** Milliseconds to wait after the given attempt (the first is 1), with jitter of half the delay. */
export const delayMs = (policy: RetryPolicy, attempt: number, random = Math.random): number =>
  // The exponent is bounded: 2 ** 1024 is Infinity and a task may wait for days.
  Math.min(policy.delayMsMax, policy.delayMsFirst * 2 ** Math.min(attempt - 1, 30)) *
  (0.5 + random() / 2)
