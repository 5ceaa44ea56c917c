import type { Ledgers } from '#apps/operations/log-tail'
import type { Samples } from '#apps/operations/samples'
import { isLost, isOutside } from '#apps/platform/inspection/unit-lags'

/** What is known of the log. */
export interface LogView {
  readonly samples: Samples
  readonly ledgers: Ledgers | undefined
  /** Why it cannot be read, or not read on. */
  readonly problems: readonly string[]
}

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`

/** What the log shows that somebody has to do, a sentence each that says what; none where nothing is. */
export function needsOfLog({ samples, ledgers, problems }: LogView): readonly string[] {
  const units = samples.latest?.units ?? []
  return [
    ...problems,
    ...units.flatMap(({ unit, lag, partitions }) => {
      const outside = partitions.filter(isOutside)
      const lost = partitions.filter(isLost)
      const stuck = samples.stuckPartitions(unit)
      const letters = ledgers?.letters.countOf(unit) ?? 0
      const records = counted(lag, 'record waits', 'records wait')
      return [
        ...outside.map(
          ({ topic, partition, committed, beginning, end }) =>
            `${unit} is at offset ${committed} of ${topic}/${partition}, outside the log (${beginning} to ${end}): ` +
            'set its offsets by kafka-consumer-groups',
        ),
        lost.length > 0 &&
          `${unit} has no committed offset in ${counted(lost.length, 'partition', 'partitions')}: ` +
            'start its worker, which says what to do',
        samples.isUnmanned(unit) &&
          lost.length === 0 &&
          `no process runs ${unit} and ${records}: start a worker`,
        stuck > 0 &&
          lost.length === 0 &&
          `${unit} has not moved for a minute in ${counted(stuck, 'partition', 'partitions')} and ${records}: ` +
            "look at its worker's status and log",
        letters > 0 &&
          `${unit} has ${counted(letters, 'dead letter', 'dead letters')} nobody has decided on: ` +
            `corrente dlq list ${unit}`,
      ].filter((need) => need !== false)
    }),
  ]
}
