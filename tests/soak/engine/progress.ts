import { randomUUID } from 'node:crypto'
import type { Admin, Kafka } from 'kafkajs'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'

/** How far units have come, as a client says it that is not the engine. */
export interface Progress {
  /** Events that are done with, over all partitions; while the broker is away what it said last. */
  handled(unit: UnitSpec): Promise<number>
  close(): Promise<void>
}

/**
 * By what the group of a unit has committed of its input. One that sets timers writes there itself: its outputs are
 * counted.
 */
export async function openProgress(
  { client }: { readonly client: Kafka },
  units: readonly UnitSpec[],
): Promise<Progress> {
  const admin = client.admin()
  await admin.connect()
  const last = new Map<UnitSpec, number>()
  const waking = units.filter(({ kind }) => kind === 'timers')
  const counters = new Map(
    await Promise.all(waking.map(async (unit) => [unit, await openCounter(client, unit)] as const)),
  )
  return {
    async handled(unit) {
      const counter = counters.get(unit)
      if (counter) return counter.count()
      const found = await committedBy(admin, unit).catch(() => undefined)
      if (found !== undefined) last.set(unit, found)
      return last.get(unit) ?? 0
    },
    async close() {
      for (const counter of counters.values()) await counter.close()
      await admin.disconnect()
    },
  }
}

async function committedBy(admin: Admin, unit: UnitSpec): Promise<number> {
  const topic = topicsOf(unit).input.name
  const [found] = await admin.fetchOffsets({ groupId: nameOf(unit), topics: [topic] })
  return found!.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
}

async function openCounter(client: Kafka, unit: UnitSpec) {
  const consumer = client.consumer({
    groupId: `soak-counter-${randomUUID()}`,
    maxWaitTimeInMs: 100,
  })
  const reached = new Map<number, number>()
  let count = 0
  await consumer.connect()
  await consumer.subscribe({ topic: topicsOf(unit).output.name, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch: { partition, messages } }) => {
      for (const { offset } of messages) {
        // After a broken connection it may begin again.
        if (Number(offset) <= (reached.get(partition) ?? -1)) continue
        reached.set(partition, Number(offset))
        count += 1
      }
    },
  })
  return { count: () => count, close: () => consumer.disconnect() }
}
