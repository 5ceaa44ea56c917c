import { setImmediate as turn } from 'node:timers/promises'
import { Bell } from '#core/bell'
import { laneRecordsMax } from '#core/lane'
import type { Task } from '#core/processor'
import type { InputRecord } from '#core/records'
import type { Session } from '#core/session'
import type { Write } from '#core/outputs'
import { TaskLanes } from '#core/task-lanes'

const idleMs = 100
/** A drained task may end its calls this long; what is not done then is done by the next owner. */
const drainMsMax = 10_000

/** The loop of a task: calls run beside the reading, and what has ended is committed in order. */
export async function performTasks(session: Session, task: Task): Promise<void> {
  const { signal } = session.context
  const bell = new Bell()
  const lanes = new TaskLanes(session, task, bell)
  session.holds(lanes)
  let taken: InputRecord[] | undefined
  let taking: Promise<void> | undefined
  try {
    while (!signal.aborted) {
      if (session.isRebalancing) {
        // Records read before it may belong to another owner, or come again: they are dropped.
        await taking
        taken = taking = undefined
        await session.rebalance()
      }
      await session.wake()
      taking ??= session.take(laneRecordsMax, idleMs).then((records) => {
        taken = records
      })
      lanes.start()
      await Promise.race([taking, bell.rung()])
      await turn()
      const records = taken
      if (records) taken = taking = undefined
      if (session.isRebalancing) continue
      if (records && !(await enqueue(session, lanes, records))) break
      const settled = lanes.collect()
      lanes.hold()
      session.context.onParked(lanes.parked)
      await committed(session, lanes, { settled, bell })
    }
    await lanes.release(drainMsMax)
  } finally {
    // The client must not be closed under a read that is still out.
    await taking?.catch(() => undefined)
  }
}

interface Ended {
  readonly settled: readonly Write[]
  readonly bell: Bell
}

/** Commits what has ended. Meanwhile calls go on: whichever ends gives its place to the next. */
async function committed(
  session: Session,
  lanes: TaskLanes,
  { settled, bell }: Ended,
): Promise<void> {
  const commit = session.commit(settled).then(() => true)
  if (settled.length === 0) return void (await commit)
  let hasRung = false
  for (;;) {
    if (!session.isRebalancing && !session.context.signal.aborted) lanes.startMeanwhile()
    if (await Promise.race([commit, bell.rung().then(() => false)])) break
    hasRung = true
    // All that end in one turn of the event loop give their places at once: lanes are gone through for each ring.
    await turn()
  }
  if (hasRung) bell.ring()
}

/** Puts the records in line; false when the unit is drained before they can be read. */
async function enqueue(
  session: Session,
  lanes: TaskLanes,
  records: readonly InputRecord[],
): Promise<boolean> {
  try {
    await session.prepare(records)
  } catch (error) {
    if (session.context.signal.aborted) return false
    throw error
  }
  lanes.add(records)
  session.positions.accepted()
  return true
}
