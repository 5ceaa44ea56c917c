import { parseArgs } from 'node:util'
import { unitNamed, wholeNumber } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print, report } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { declaredUnits } from '#apps/platform/declared-units'
import { goneUnits, isDeclared } from '#apps/platform/inspection/gone-units'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { type ParkedKey, parkingUnits, readParked } from '#apps/platform/inspection/parked'
import { isParkedSelected } from '#apps/platform/operating/release-parked'
import { platformSettings } from '#apps/platform/settings'
import type { Unit } from '#core/processor'

/** What is parked in a unit; in all of them where none is named, those that are gone included. */
async function parkedIn(log: LogAccess, named: Unit | undefined): Promise<readonly ParkedKey[]> {
  const units = parkingUnits(named ? [named] : declaredUnits).map(({ name }) => name)
  const gone = named ? [] : await goneUnits(log)
  const found: ParkedKey[] = []
  for (const unit of [...units, ...gone]) found.push(...(await readParked(log, unit)))
  return found
}

const timeOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** Order keys as lines. */
export const parkedLines = (keys: readonly ParkedKey[]): readonly string[] =>
  columns(
    ['unit', 'order key', 'waiting', 'tries', 'due', 'party', 'met'],
    keys.map(({ unit, orderKey, count, attempts, dueAtMs, party, error }) => [
      unit,
      orderKey,
      count,
      attempts,
      timeOf(dueAtMs),
      party ?? undefined,
      error ?? '',
    ]),
  )

const help = `corrente parked list [<unit>] [options] [--json] [--port-base <n>]

Lists the order keys whose records wait because the first of them could not be done yet: how many wait, how often
the first was tried, when it is tried again (UTC), for which party, and what it met. They need nobody: they are tried
again by themselves; corrente parked release has them tried now. What a unit that is no part of this version any more left
parked is listed, too.

  --key <order key>   those of one key, such as a payment id
  --party <party>     those that wait for an outside party
  --error <text>      those whose last try met this, or words that hold it
  --limit <n>         at most so many, 1000 where not said; those that are due first

corrente parked is the same.`

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      unit: { type: 'string' },
      key: { type: 'string' },
      party: { type: 'string' },
      error: { type: 'string' },
      limit: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
      'port-base': { type: 'string' },
    },
  })
  const name = values.unit ?? positionals[0]
  const unit = name === undefined ? undefined : unitNamed(name)
  const limit = wholeNumber('--limit', values.limit, 1)
  const settings = platformSettings(await installed(values['port-base']))
  const { key: orderKey, party, error } = values
  const keys = (await withLog(settings, (log) => parkedIn(log, unit)))
    .filter((one) => isParkedSelected({ unit: one.unit, orderKey, party, error }, one))
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
  const shown = keys.slice(0, limit)
  if (shown.length < keys.length) report(`${keys.length - shown.length} more are not shown`)
  if (values.json) print(JSON.stringify(shown))
  else if (keys.length === 0) print('nothing is parked')
  else parkedLines(shown).forEach(print)
  for (const gone of new Set(keys.map((key) => key.unit).filter((one) => !isDeclared(one)))) {
    report(
      `${gone} is no unit of this version: what is parked there waits until one that has it runs`,
    )
  }
  return 0
}

/** What waits to be tried again. */
export const parkedList: Command = {
  name: 'parked list',
  summary: 'records that wait to be tried again, by order key',
  help,
  run,
}

/** The same by its first word. */
export const parked: Command = { name: 'parked', summary: 'the same as parked list', help, run }
