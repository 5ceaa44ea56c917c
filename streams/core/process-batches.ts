import type { InputRecord } from '#core/records'
import type { Session } from '#core/session'

/** Records of one transaction; fewer cost rate, more cost latency. */
const batchRecordsMax = 2_000
const idleMs = 100

/** The loop of a processor: take, handle, commit, until drained. */
export async function processBatches(session: Session): Promise<void> {
  const { signal } = session.context
  let taking: Promise<InputRecord[]> | undefined
  try {
    while (!signal.aborted) {
      if (session.isRebalancing) {
        // What was taken ahead may belong to another owner, or comes again: it is dropped.
        await taking
        taking = undefined
        await session.rebalance()
      }
      await session.wake()
      const records = await (taking ?? session.take(batchRecordsMax, idleMs))
      taking = undefined
      if (session.isRebalancing) continue
      await session.prepare(records)
      session.positions.accepted()
      const done = records.map((record) => session.handle(session.handler.read(record)))
      // More waits where a batch was full: it is read while this one is committed. Where none waits, what comes during
      // the commit would be parted in two, and its second half wait for two commits.
      if (records.length === batchRecordsMax) {
        taking = session.take(batchRecordsMax, 0)
        // Whoever awaits it hears of an error; until then it must not end the process.
        taking.catch(() => undefined)
      }
      await session.commit(done)
    }
  } finally {
    // The client must not be closed under a read that is still out.
    await taking?.catch(() => undefined)
  }
}
