import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer } from '#core/kafka'
import type { Position } from '#core/records'
import { take } from '#core/take'

const askMs = 1_000

interface Holding {
  readonly consumer: Consumer
  /** What was assigned and is not to be read yet. */
  readonly positions: readonly Position[]
  readonly signal: AbortSignal
  /** The group gives the partitions out anew. */
  readonly isRebalancing: () => boolean
}

/**
 * Does the work before a record of the assigned partitions is read. It may take long: the client is asked meanwhile,
 * or the group would take this member for dead after five minutes, and learn of nobody who joins. False where a
 * rebalance ended the work.
 */
export async function whileHeld(
  { consumer, positions, signal, isRebalancing }: Holding,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  consumer.pause([...positions])
  const ending = new AbortController()
  const working = work(AbortSignal.any([signal, ending.signal])).then(() => true)
  try {
    for (;;) {
      const asking = sleep(askMs, false, { signal: ending.signal }).catch(() => false)
      if (await Promise.race([working, asking])) break
      const [record] = await take(consumer, 1, 0)
      if (record)
        throw new Error(`${record.topic}/${record.partition} was read though it is paused`)
      if (isRebalancing()) return false
    }
    consumer.resume([...positions])
    return true
  } finally {
    ending.abort()
    await working.catch(() => undefined)
  }
}
