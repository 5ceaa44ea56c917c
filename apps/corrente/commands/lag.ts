import { parseArgs } from 'node:util'
import { unitNamed, wholeNumber } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { withAdmin } from '#apps/platform/admin'
import { declaredUnits } from '#apps/platform/declared-units'
import { type AgedLag, agedLags } from '#apps/platform/inspection/aged-lags'
import { withLog } from '#apps/platform/inspection/log-access'
import {
  isLagging,
  type LagBounds,
  type ToldLag,
  toldLags,
} from '#apps/platform/inspection/told-lags'
import { isLost, isOutside, unitLags } from '#apps/platform/inspection/unit-lags'
import { platformSettings, type PlatformSettings } from '#apps/platform/settings'
import type { Unit } from '#core/processor'

const read = (settings: PlatformSettings, units: readonly Unit[]) =>
  withLog(settings, (log) =>
    withAdmin(settings.kafka, async (admin) => {
      const lags = await unitLags(log, admin, units)
      return { lags, partitions: await agedLags(log, lags) }
    }),
  )

const stateOf = (one: AgedLag): string => {
  if (isOutside(one)) return `outside the log (from ${one.beginning})`
  return isLost(one) ? 'no committed offset' : ''
}

const ageText = (seconds: number | null) => (seconds === null ? undefined : `${seconds} s`)

const partitionRow = (one: AgedLag) => [
  one.unit,
  `${one.topic}/${one.partition}`,
  one.committed,
  one.end,
  one.lag,
  ageText(one.oldestAgeSeconds),
  stateOf(one),
]

const unitRow = ({ unit, lag, oldestAgeSeconds, members, needs }: ToldLag) => [
  unit,
  lag,
  ageText(oldestAgeSeconds),
  members,
  needs.join('; '),
]

/** Seconds of an age as it is typed. */
function seconds(option: string, text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  if (count === undefined)
    throw new UsageError(`${option} ${text}: say an age such as 90s, 15m or 2h`)
  return Number(count) * { s: 1, m: 60, h: 3_600, d: 86_400 }[unit as 's' | 'm' | 'h' | 'd']
}

const options = {
  unit: { type: 'string' },
  'max-lag': { type: 'string' },
  'max-age': { type: 'string' },
  partitions: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** How far behind the units are. */
export const lag: Command = {
  name: 'lag',
  summary: 'how far each unit is behind, how long the oldest record waits, and what that needs',
  help: `corrente lag [--unit <unit>] [options] [--json] [--port-base <n>]

Shows for each unit how many offsets lie between what is committed and the end of the log, how long ago the first record
was written that is not handled yet, how many processes run it, and what is wrong, if anything. Of partitions those that
are behind are shown. An offset is not always a record: markers of transactions take some, and where nothing else is left
nothing waits. It is asked of Kafka, whether a process runs the unit or not.

  --partitions        every partition
  --max-lag <n>       a unit with a higher lag than this needs somebody
  --max-age <age>     a unit whose oldest record waits longer (90s, 15m, 2h) needs somebody

Exit code 1 where a unit needs somebody: it has no place to go on from, or one outside the log; records wait and no
process runs it; it is beyond a bound that was given. With --json: the units with what they need, and all partitions.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const units = values.unit === undefined ? declaredUnits : [unitNamed(values.unit)]
    const { 'max-lag': lagMax, 'max-age': ageMax } = values
    const bounds: LagBounds = {
      lagMax: lagMax === undefined ? Infinity : wholeNumber('--max-lag', lagMax),
      ageSecondsMax: ageMax === undefined ? Infinity : seconds('--max-age', ageMax),
    }
    const settings = platformSettings(await installed(values['port-base']))
    const { lags, partitions } = await read(settings, units)
    const told = toldLags(lags, partitions, bounds)
    if (values.json) print(JSON.stringify({ units: told, partitions }))
    else {
      const shown = partitions.filter((one) => values.partitions || isLagging(one))
      if (shown.length > 0) {
        const titles = ['unit', 'partition', 'committed', 'end', 'lag', 'oldest', '']
        columns(titles, shown.map(partitionRow)).forEach(print)
        print('')
      }
      columns(['unit', 'lag', 'oldest', 'processes', 'needs'], told.map(unitRow)).forEach(print)
    }
    return told.some(({ needs }) => needs.length > 0) ? 1 : 0
  },
}
