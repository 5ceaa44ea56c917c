import type { LogAccess } from '#apps/platform/inspection/log-access'
import { isOutside, type PartitionLag, type UnitLag } from '#apps/platform/inspection/unit-lags'
import { recordsBetween } from '#core/records-between'

/** How far a unit has come in a partition, and since when the first record that it has not handled waits. */
export type AgedLag = PartitionLag & {
  readonly unit: string
  /** Null where no record waits: nothing, or only markers of transactions, lie before the end. */
  readonly oldestAgeSeconds: number | null
}

/** The partitions of all units, each with how long its first unhandled record waits. */
export async function agedLags(
  log: Pick<LogAccess, 'kafka'>,
  lags: readonly UnitLag[],
): Promise<readonly AgedLag[]> {
  const all = lags.flatMap(({ unit, partitions }) => partitions.map((one) => ({ ...one, unit })))
  const aged = new Map<string, number>()
  // Positions of two units may be in one partition: each unit's are asked for by themselves.
  for (const { unit, partitions } of lags) {
    const behind = partitions.filter((one) => one.lag > 0 && !isOutside(one))
    const from = behind.map(({ topic, partition, committed, beginning }) => {
      return { topic, partition, offset: committed ?? beginning }
    })
    const ends = behind.map(({ topic, partition, end }) => ({ topic, partition, offset: end }))
    for await (const records of recordsBetween(log.kafka, { from, ends, countMax: 1 })) {
      for (const { topic, partition, timestamp } of records) {
        aged.set(`${unit} ${topic}/${partition}`, Math.max(0, Date.now() - timestamp) / 1_000)
      }
    }
  }
  return all.map((one) => {
    const seconds = aged.get(`${one.unit} ${one.topic}/${one.partition}`)
    return { ...one, oldestAgeSeconds: seconds === undefined ? null : Math.round(seconds) }
  })
}
