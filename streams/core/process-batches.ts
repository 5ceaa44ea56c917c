import type { Session } from '#core/session'

/** Records of one transaction; fewer cost rate, more cost latency. */
const batchRecordsMax = 2_000
const idleMs = 100

/** The loop of a processor: take, handle, commit, until drained. */
export async function processBatches(session: Session): Promise<void> {
  const { signal } = session.context
  while (!signal.aborted) {
    await session.rebalance()
    await session.wake()
    const records = await session.take(batchRecordsMax, idleMs)
    if (session.isRebalancing) continue
    await session.prepare(records)
    session.positions.accepted()
    await session.commit(records.map((record) => session.handle(session.handler.read(record))))
  }
}
