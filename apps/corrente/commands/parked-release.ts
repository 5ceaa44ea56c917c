import { parseArgs } from 'node:util'
import { unitNamed, wholeNumber } from '#apps/corrente/arguments'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { parkedLines } from '#apps/corrente/commands/parked-list'
import { installed } from '#apps/corrente/installation'
import { withLog } from '#apps/platform/inspection/log-access'
import { parkingUnits } from '#apps/platform/inspection/parked'
import { commandOperator } from '#apps/platform/operating/operator'
import { releaseParked, type Releasing } from '#apps/platform/operating/release-parked'
import { platformSettings } from '#apps/platform/settings'

const options = {
  key: { type: 'string' },
  party: { type: 'string' },
  error: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  rate: { type: 'string', default: '50' },
  reason: { type: 'string' },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options })

function releasingAs({ values, positionals }: ReturnType<typeof parsed>): Releasing {
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) throw new UsageError('say one unit')
  const unit = unitNamed(name)
  if (parkingUnits([unit]).length === 0) {
    throw new UsageError(`${name} parks nothing: it asks no outside party`)
  }
  const { key: orderKey, party, error } = values
  const limit = values.limit === undefined ? undefined : wholeNumber('--limit', values.limit, 1)
  const isNarrow = [orderKey, party, error, limit].some((one) => one !== undefined)
  if (!isNarrow && !values.all) {
    throw new UsageError('say which records: --key, --party, --error, --limit or --all')
  }
  return {
    selection: { unit: name, orderKey, party, error, limit },
    operator: commandOperator(),
    reason: values.reason ?? null,
    rate: wholeNumber('--rate', values.rate, 1),
    isDryRun: values['dry-run'],
  }
}

/** Tried now, not at the end of its pause. */
export const parkedRelease: Command = {
  name: 'parked release',
  summary: 'have parked records tried now, instead of at the end of their pause',
  help: `corrente parked release <unit> [options] [--json] [--port-base <n>]

Asks the unit that the first record of each order key chosen is due now; those behind it follow as always, so that
the order within a key stays. The unit takes the word as a record, once, and it survives the unit's end. Nothing of a key
that waits no longer, or is being tried, is touched. Which ones:

  --key <order key>   one key, as parked list prints it
  --party <party>     those that wait for an outside party
  --error <text>      those whose last try met this, or words that hold it
  --limit <n>         at most so many keys, those that are due first
  --all               all of the unit

  --dry-run           show which, and ask nothing
  --rate <n>          order keys a second, 50 where not said
  --reason <text>     why, for the record

Each is tried once, which counts as a try: one whose tries are used up by it ends as its unit says. A party that is
away (its circuit is open: corrente status) is still asked one call at a time, until it answers. What was asked is noted on
corrente.operations in the same transaction: corrente audit. Exit code 1 where nothing chosen is parked.`,
  async run(args) {
    const given = parsed(args)
    const releasing = releasingAs(given)
    const { json, 'port-base': portBase } = given.values
    const settings = platformSettings(await installed(portBase))
    const keys = await withLog(settings, (log) => releaseParked(log, releasing))
    const { isDryRun } = releasing
    if (json) print(JSON.stringify({ isDryRun, keys }))
    else {
      if (keys.length > 0) parkedLines(keys).forEach(print)
      print(`${keys.length} order keys ${isDryRun ? 'would be' : 'are'} asked to be tried now`)
    }
    return keys.length > 0 ? 0 : 1
  },
}
