import { parseArgs } from 'node:util'
import { columns } from '#apps/corrente/columns'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import {
  askedLetters,
  assertHasLetters,
  selectionHelp,
  selectionOptions,
} from '#apps/corrente/letter-arguments'
import { type FoundLetters, type ListedLetter, listLetters } from '#apps/corrente/list-letters'
import { declaredUnits } from '#apps/platform/declared-units'
import { goneSentence, goneUnits } from '#apps/platform/inspection/gone-units'
import { type Grouping, groupings, type LetterGroup } from '#apps/platform/inspection/letter-groups'
import { withLog } from '#apps/platform/inspection/log-access'
import { platformSettings } from '#apps/platform/settings'

const shownMaxDefault = 1_000

const options = {
  ...selectionOptions,
  by: { type: 'string' },
  unit: { type: 'string' },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

function groupingsIn(text: string | undefined): readonly Grouping[] {
  if (text === undefined) return []
  const named = text.split(',')
  const unknown = named.find((one) => !groupings.includes(one as Grouping))
  if (unknown === undefined) return named as Grouping[]
  throw new UsageError(`--by ${unknown}: say one or several of ${groupings.join(',')}`)
}

const timeOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

const letterRow = (one: ListedLetter) => [
  one.place,
  one.time.slice(0, 19).replace('T', ' '),
  one.error,
  one.attempts,
  one.redrives,
  one.origin,
  ...(one.tenant === undefined ? [] : [one.tenant ?? undefined]),
  one.decision ? `${one.decision.action} ${one.decision.at}` : 'undecided',
]

function tellLetters({ letters }: FoundLetters): void {
  const isOfTenants = letters[0]?.tenant !== undefined
  const titles = ['letter', 'written', 'error', 'tries', 'redrives', 'original']
  const all = [...titles, ...(isOfTenants ? ['tenant'] : []), 'decision']
  columns(all, letters.map(letterRow)).forEach(print)
}

function tellGroups(groups: readonly LetterGroup[], by: readonly Grouping[]): void {
  const rows = groups.map((group) => [
    group.count,
    ...by.map((one) => group[one] ?? undefined),
    timeOf(group.oldestMs),
    timeOf(group.newestMs),
  ])
  columns(['letters', ...by, 'oldest', 'newest'], rows).forEach(print)
}

/** What is to be known beside the list, for a person. */
function tellRest({ count, letters, leftOut, gone }: FoundLetters, isCounted: boolean): void {
  const more = count - letters.length
  if (more > 0 && !isCounted) {
    report(
      `${more} more are not shown: --limit shows more, --by ${groupings.join(',')} counts them`,
    )
  }
  if (leftOut > 0) report(`${leftOut} left out: their originals do not say whose they are`)
  for (const unit of gone) report(goneSentence(unit))
}

/** Which records were set aside. */
export const dlqList: Command = {
  name: 'dlq list',
  summary: 'dead letters nobody has decided on yet, one by one or counted',
  help: `corrente dlq list [<unit> | <place>] [options] [--json] [--port-base <n>]

Lists the records that units have set aside and nobody has redriven or dropped yet; times are UTC. Those of units that are
no part of this version any more are listed, too, and it is said that they are gone.

  --by <what,…>           count them instead, by one or several of ${groupings.join(', ')}: the most first
  --all                   those that were decided on, too
${selectionHelp}, ${shownMaxDefault} where not said; all are counted

With --json: count, undecided, leftOut (by --tenant), gone (units), groups (by --by), letters. Exit code 1 where an undecided
one is found: it needs somebody.`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const by = groupingsIn(values.by)
    const named = values.unit === undefined ? positionals : [values.unit]
    const asked = named.length > 0 ? askedLetters(named, values).selection : undefined
    const settings = platformSettings(await installed(values['port-base']))
    const found = await withLog(settings, async (log) => {
      if (asked) await assertHasLetters(log, asked.unit)
      const all = [...declaredUnits.map(({ name }) => name), ...(asked ? [] : await goneUnits(log))]
      const selections = asked ? [asked] : all.map((one) => askedLetters([one], values).selection)
      const shownMax = selections[0]?.limit ?? shownMaxDefault
      return listLetters(log, selections, { isAll: values.all, by, shownMax })
    })
    if (values.json) print(JSON.stringify(found))
    else if (found.count === 0) print('no dead letters')
    else if (by.length > 0) tellGroups(found.groups, by)
    else tellLetters(found)
    if (!values.json) tellRest(found, by.length > 0)
    return found.undecided > 0 ? 1 : 0
  },
}
