import type { InputRecord } from '#core/records'
import { Bell } from '#core/bell'
import { Lane, laneRecordsLow, laneRecordsMax } from '#core/lanes'
import type { Handled } from '#core/outputs'
import type { Task } from '#core/processor'
import type { Session } from '#core/session'

const idleMs = 100
/** A drained task may end its calls this long; what is not done then is done by the next owner. */
const drainMsMax = 10_000

/** The loop of a task: calls run beside the reading, and what has ended is committed in order. */
export async function performTasks(session: Session, task: Task): Promise<void> {
  const { signal } = session.context
  const bell = new Bell()
  const laneOf = (partition: number) => {
    const lane = session.lanes.get(partition) ?? newLane(session, task, bell)
    session.lanes.set(partition, lane)
    return lane
  }
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
      taking ??= session.take(laneRecordsMax, idleMs).then((records) => {
        taken = records
      })
      for (const lane of session.lanes.values()) lane.next()
      await Promise.race([taking, bell.rung()])
      const records = taken
      if (records) taken = taking = undefined
      if (session.isRebalancing) continue
      if (records && !(await enqueue(session, records, laneOf))) break
      const done = collect(session)
      hold(session)
      await session.commit(done)
    }
    await drain(session, bell)
  } finally {
    // The client must not be closed under a read that is still out.
    await taking?.catch(() => undefined)
  }
}

/** Hands over what has ended; the next call of its partition may start. */
const collect = (session: Session): Handled[] =>
  [...session.lanes.values()]
    .flatMap((lane) => lane.collect())
    .map(({ record, value, outcome }) => session.finish(record, value, outcome))

/** Puts the records in line; false when the unit is drained before they can be read. */
async function enqueue(
  session: Session,
  records: readonly InputRecord[],
  laneOf: (partition: number) => Lane,
): Promise<boolean> {
  try {
    await session.prepare(records)
  } catch (error) {
    if (session.context.signal.aborted) return false
    throw error
  }
  for (const record of records) {
    laneOf(record.partition).add({ record, ...session.handler.decode(record) })
  }
  session.accepted()
  return true
}

const newLane = (session: Session, task: Task, bell: Bell): Lane =>
  new Lane({
    task,
    surroundings: (record) => session.surroundings(record, new Date()),
    onTransient: (record, error, attempt) =>
      session.context.onTransient(record, error.message, attempt),
    onEnded: () => bell.ring(),
  })

/** Bounds what waits in memory: a partition that is held back is not read on. */
function hold(session: Session) {
  for (const [partition, lane] of session.lanes) {
    if (lane.length > laneRecordsMax) session.pause(partition)
    else if (lane.length < laneRecordsLow) session.resume(partition)
  }
}

/** No call starts any more; those that end in time are committed, the others abandoned uncommitted. */
async function drain(session: Session, bell: Bell): Promise<void> {
  const lanes = [...session.lanes.values()]
  session.dropWaiting()
  const timer = setTimeout(() => {
    for (const lane of lanes) lane.abandon()
  }, drainMsMax)
  try {
    while (lanes.some((lane) => lane.isRunning)) {
      await bell.rung()
      await session.commit(collect(session))
    }
    await session.commit(collect(session))
  } finally {
    clearTimeout(timer)
  }
}
