import { parseArgs } from 'node:util'
import { unitNamed } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { askedLetters, selectionHelp, selectionOptions } from '#apps/corrente/letter-arguments'
import { declaredUnits } from '#apps/platform/declared-units'
import { readDeadLetters, readDecisions } from '#apps/platform/inspection/dead-letters'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { isSelected, type LetterSelection } from '#apps/platform/operating/letter-selection'
import { platformSettings } from '#apps/platform/settings'
import { type DeadLetter, type Decision, placeOf } from '#core/redrive'

/** A dead letter as it is listed: no value, no words of an error. */
interface Listed {
  readonly place: string
  readonly time: string
  readonly error: string
  readonly attempts: number
  readonly redrives: number
  readonly origin: string
  readonly decision: Pick<Decision, 'action' | 'at'> | null
}

const listed = (letter: DeadLetter, decision: Decision | undefined): Listed => ({
  place: placeOf(letter.record),
  time: new Date(letter.record.timestamp).toISOString(),
  error: letter.error,
  attempts: letter.attempts,
  redrives: letter.redrives,
  origin: placeOf(letter.origin),
  decision: decision ? { action: decision.action, at: decision.at } : null,
})

async function listOf(
  log: LogAccess,
  selections: readonly LetterSelection[],
  isAll: boolean,
): Promise<readonly Listed[]> {
  const decisions = await readDecisions(log)
  const found: Listed[] = []
  for (const selection of selections) {
    const ofUnit: Listed[] = []
    for await (const letters of readDeadLetters(log, selection.unit)) {
      const shown = letters
        .filter((letter) => isSelected(selection, letter))
        .map((letter) => listed(letter, decisions.of(letter)))
      ofUnit.push(...shown.filter(({ decision }) => isAll || decision === null))
    }
    found.push(...ofUnit.slice(0, selection.limit))
  }
  return found
}

const rowOf = ({ place, time, error, attempts, redrives, origin, decision }: Listed) => [
  place,
  time.slice(0, 19).replace('T', ' '),
  error,
  attempts,
  redrives,
  origin,
  decision ? `${decision.action} ${decision.at}` : 'undecided',
]

/** Which records were set aside. */
export const dlqList: Command = {
  name: 'dlq list',
  summary: 'dead letters nobody has decided on yet',
  help: `corrente dlq list [<unit> | <place>] [options] [--json] [--port-base <n>]

Lists the records that units have set aside and nobody has redriven or dropped yet; times are UTC.

  --all                   those that were decided on, too
${selectionHelp}

Exit code 1 where an undecided one is listed: it needs somebody.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...selectionOptions,
        unit: { type: 'string' },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const named = values.unit === undefined ? positionals : [unitNamed(values.unit).name]
    const units = named.length > 0 ? [named] : declaredUnits.map(({ name }) => [name])
    const selections = units.map((one) => askedLetters(one, values).selection)
    const settings = platformSettings(await installed(values['port-base']))
    const found = await withLog(settings, (log) => listOf(log, selections, values.all))
    if (values.json) print(JSON.stringify(found))
    else if (found.length === 0) print('no dead letters')
    else {
      const titles = ['letter', 'written', 'error', 'tries', 'redrives', 'original', 'decision']
      columns(titles, found.map(rowOf)).forEach(print)
    }
    return found.some(({ decision }) => decision === null) ? 1 : 0
  },
}
