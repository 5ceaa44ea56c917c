import { setTimeout as sleep } from 'node:timers/promises'
import type { InputRecord } from '#core/records'
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
  const paused = new Set<number>()
  let taken: InputRecord[] | undefined
  let taking: Promise<void> | undefined
  try {
    while (!signal.aborted) {
      await session.rebalance()
      taking ??= session.take(laneRecordsMax, idleMs).then((records) => {
        taken = records
      })
      await Promise.race([taking, ...running(session)])
      const records = taken
      if (records) taken = taking = undefined
      // Records read before a rebalance may belong to another owner: they are read again.
      if (session.isRebalancing) continue
      if (records) await enqueue(session, task, records)
      const done = collect(session)
      hold(session, paused)
      await session.commit(done)
    }
    await drain(session)
  } finally {
    // The client must not be closed under a read that is still out.
    await taking?.catch(() => undefined)
  }
}

/** Starts what can start; the calls that are out. */
const running = (session: Session): Promise<void>[] =>
  [...session.lanes.values()].flatMap((lane) => lane.next() ?? [])

/** Hands over what has ended; the next call of its partition may start. */
const collect = (session: Session): Handled[] =>
  [...session.lanes.values()].flatMap((lane) => {
    const ended = lane.collect()
    return ended ? [session.finish(ended.record, ended.value, ended.outcome, new Date())] : []
  })

async function enqueue(session: Session, task: Task, records: readonly InputRecord[]) {
  if (records.length > 0) await session.prepare(records)
  for (const record of records) {
    const lane = session.lanes.get(record.partition) ?? newLane(session, task)
    session.lanes.set(record.partition, lane)
    lane.add({ record, ...session.decode(record) })
  }
}

const newLane = (session: Session, task: Task): Lane =>
  new Lane({
    task,
    surroundings: (record) => session.surroundings(record, new Date()),
    onTransient: (record, error, attempt) =>
      session.context.onTransient(record, error.message, attempt),
  })

/** Bounds what waits in memory: a partition that is held back is not read on. */
function hold(session: Session, paused: Set<number>) {
  const topic = session.unit.input.name
  for (const [partition, lane] of session.lanes) {
    const at = [{ topic, partition }]
    if (lane.length > laneRecordsMax && !paused.has(partition)) {
      session.consumer.pause(at)
      paused.add(partition)
    } else if (lane.length < laneRecordsLow && paused.delete(partition)) {
      session.consumer.resume(at)
    }
  }
}

/** No call starts any more; those that end in time are committed, the others abandoned uncommitted. */
async function drain(session: Session): Promise<void> {
  const deadline = performance.now() + drainMsMax
  for (;;) {
    const out = [...session.lanes.values()].flatMap((lane) => lane.running ?? [])
    const leftMs = deadline - performance.now()
    if (out.length > 0 && leftMs > 0) await Promise.race([...out, sleep(leftMs)])
    const done = collect(session)
    if (done.length === 0 && (out.length === 0 || leftMs <= 0)) return
    await session.commit(done)
  }
}
