import { parseArgs } from 'node:util'
import { unitNamed } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { withAdmin } from '#apps/platform/admin'
import { declaredUnits } from '#apps/platform/declared-units'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import {
  isLost,
  isOutside,
  type PartitionLag,
  type UnitLag,
  unitLags,
} from '#apps/platform/inspection/unit-lags'
import { platformSettings, type PlatformSettings } from '#apps/platform/settings'
import type { Unit } from '#core/processor'
import { recordsBetween } from '#core/records-between'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** How far a unit has come in a partition, and since when the first record that it has not handled waits. */
type AgedLag = PartitionLag & { readonly unit: string; readonly oldestAgeSeconds: number | null }

async function agedLags(log: LogAccess, lags: readonly UnitLag[]): Promise<readonly AgedLag[]> {
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

const read = (settings: PlatformSettings, units: readonly Unit[]) =>
  withLog(settings, (log) =>
    withAdmin(settings.kafka, async (admin) => {
      const lags = await unitLags(log, admin, units)
      return { lags, partitions: await agedLags(log, lags) }
    }),
  )

const stateOf = (one: PartitionLag): string => {
  if (isOutside(one)) return `outside the log (from ${one.beginning})`
  return isLost(one) ? 'no committed offset' : ''
}

/** Where nothing was ever sent back there is nothing to see. */
const isShown = ({ unit, topic, end }: AgedLag): boolean => topic !== redriveTopic(unit) || end > 0

const rowOf = (one: AgedLag) => [
  one.unit,
  `${one.topic}/${one.partition}`,
  one.committed,
  one.end,
  one.lag,
  one.oldestAgeSeconds === null ? undefined : `${one.oldestAgeSeconds} s`,
  stateOf(one),
]

/** How far behind the units are. */
export const lag: Command = {
  name: 'lag',
  summary: 'how far each unit is behind, by partition, and how long the oldest record waits',
  help: `corrente lag [--unit <unit>] [--json] [--port-base <n>]

Shows for each unit and partition what is committed, the end of the log, how many offsets lie between (markers of
transactions take some) and how long ago the first record was written that is not handled yet. It is asked of Kafka,
whether a process runs the unit or not. Exit code 1 where a unit has no place to go on from, or one outside the log.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        unit: { type: 'string' },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const units = values.unit === undefined ? declaredUnits : [unitNamed(values.unit)]
    const settings = platformSettings(await installed(values['port-base']))
    const { lags, partitions } = await read(settings, units)
    if (values.json) print(JSON.stringify(partitions))
    else {
      const titles = ['unit', 'partition', 'committed', 'end', 'lag', 'oldest', '']
      columns(titles, partitions.filter(isShown).map(rowOf)).forEach(print)
      print('')
      const sums = lags.map(({ unit, members, lag: sum }) => [unit, sum, members])
      columns(['unit', 'lag', 'processes'], sums).forEach(print)
    }
    return partitions.some((one) => isOutside(one) || isLost(one)) ? 1 : 0
  },
}
