import { setTimeout as sleep } from 'node:timers/promises'

/** Something done again and again, steadily, whatever comes of it. */
export interface Pace {
  /** How often it was done. */
  count(): number
  /** Throws where it could not be done. */
  assertRuns(): void
  /** Ends it. Throws where it could not be done. */
  stop(): Promise<void>
}

const tickMs = 5

/**
 * Begins at once; `work` gets the moments that are due, epoch milliseconds, several where it fell behind, and the number of
 * the first of them.
 */
export function startPace(
  perSecond: number,
  work: (dueMs: readonly number[], first: number) => Promise<unknown>,
): Pace {
  const beganMs = Date.now()
  let count = 0
  let isEnding = false
  let broken: { readonly error: unknown } | undefined
  const go = async () => {
    while (!isEnding) {
      const due = Math.floor(((Date.now() - beganMs) * perSecond) / 1_000) + 1
      if (due > count) {
        const first = count
        const dueMs = (_: unknown, i: number) => beganMs + ((first + i) * 1_000) / perSecond
        count = due
        await work(Array.from({ length: due - first }, dueMs), first)
      }
      await sleep(tickMs)
    }
  }
  const going = go().catch((error: unknown) => {
    broken = { error }
  })
  const assertRuns = () => {
    if (broken) throw new Error('the pace broke', { cause: broken.error })
  }
  return {
    count: () => count,
    assertRuns,
    async stop() {
      isEnding = true
      await going
      assertRuns()
    },
  }
}
