import { setImmediate as turn } from 'node:timers/promises'
import type { Handled } from '#core/outputs'
import type { InputRecord } from '#core/records'
import type { Session } from '#core/session'

/** Records of one transaction; fewer cost rate, more cost latency. */
export const batchRecordsMax = 2_000
const idleMs = 100
/** Records handled in one turn of the event loop: a commit that is out goes on between them. */
const turnRecords = 250

const heardElsewhere = () => undefined

/**
 * The loop of a processor: take, handle, commit, until drained. Where more waits behind a full batch it is taken while
 * this one is handled, and handled while this one is committed; nothing of it is written before that commit is
 * through, and where that fails the session ends with both.
 */
export async function processBatches(session: Session): Promise<void> {
  const { signal } = session.context
  let taking: Promise<InputRecord[]> | undefined
  let committing = Promise.resolve()
  try {
    while (!signal.aborted) {
      if (session.isRebalancing) {
        // What was taken ahead may belong to another owner, or comes again: it is dropped.
        await taking
        taking = undefined
        await committing
        await session.rebalance()
      }
      // Timers that are due take a transaction of their own.
      if (session.unit.timers) await committing
      await session.wake()
      const records = await (taking ?? session.take(batchRecordsMax, idleMs))
      taking = undefined
      if (session.isRebalancing) continue
      await session.prepare(records)
      session.positions.accepted()
      const isFull = records.length === batchRecordsMax
      if (isFull) taking = session.take(batchRecordsMax, 0)
      // Whoever awaits these hears of an error; until then it must not end the process.
      taking?.catch(heardElsewhere)
      const done = await handled(session, records)
      await committing
      committing = session.commit(done)
      committing.catch(heardElsewhere)
      // Where none waits, what comes during the commit would be parted in two, and its second half wait for two.
      if (!isFull) await committing
    }
    await committing
  } finally {
    // Neither client must be closed under a call that is still out.
    await Promise.allSettled([taking, committing])
  }
}

async function handled(session: Session, records: readonly InputRecord[]): Promise<Handled[]> {
  const done: Handled[] = []
  for (const record of records) {
    if (done.length > 0 && done.length % turnRecords === 0) await turn()
    done.push(session.handle(session.handler.read(record)))
  }
  return done
}
