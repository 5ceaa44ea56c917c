import { parseArgs } from 'node:util'
import { unitNamed } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { declaredUnits } from '#apps/platform/declared-units'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { type ParkedKey, parkingUnits, readParked } from '#apps/platform/inspection/parked'
import { platformSettings } from '#apps/platform/settings'
import type { Unit } from '#core/processor'

async function parkedIn(log: LogAccess, units: readonly Unit[]): Promise<readonly ParkedKey[]> {
  const found: ParkedKey[] = []
  for (const { name } of units) found.push(...(await readParked(log, name)))
  return found
}

const timeOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

const rowOf = ({ unit, orderKey, count, attempts, dueAtMs, party, error }: ParkedKey) => [
  unit,
  orderKey,
  count,
  attempts,
  timeOf(dueAtMs),
  party ?? undefined,
  error ?? '',
]

/** What waits to be tried again. */
export const parked: Command = {
  name: 'parked',
  summary: 'records that wait to be tried again, by order key',
  help: `corrente parked [--unit <unit>] [--json] [--port-base <n>]

Lists the order keys whose records wait because the first of them could not be done yet: how many wait, how often
the first was tried, when it is tried again (UTC), for which party, and what it met. They need nobody: they are tried
again by themselves.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        unit: { type: 'string' },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const units = parkingUnits(values.unit === undefined ? declaredUnits : [unitNamed(values.unit)])
    const settings = platformSettings(await installed(values['port-base']))
    const keys = await withLog(settings, (log) => parkedIn(log, units))
    if (values.json) print(JSON.stringify(keys))
    else if (keys.length === 0) print('nothing is parked')
    else {
      const titles = ['unit', 'order key', 'waiting', 'tries', 'due', 'party', 'met']
      columns(titles, keys.map(rowOf)).forEach(print)
    }
    return 0
  },
}
