import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import {
  askedLetters,
  assertHasLetters,
  selectionHelp,
  selectionOptions,
} from '#apps/corrente/letter-arguments'
import { withLog } from '#apps/platform/inspection/log-access'
import { type Decided, type Deciding, decideLetters } from '#apps/platform/operating/decide-letters'
import { commandOperator } from '#apps/platform/operating/operator'
import { platformSettings } from '#apps/platform/settings'
import { placeOf, redrivesMaxDefault } from '#core/redrive'

const options = {
  ...selectionOptions,
  rate: { type: 'string', default: '100' },
  reason: { type: 'string' },
  again: { type: 'boolean', default: false },
  'redrives-max': { type: 'string', default: String(redrivesMaxDefault) },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const given = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options })

/** Parses what both commands take, does it and tells of it. */
async function decideAsTold(
  action: Deciding['action'],
  { values, positionals }: ReturnType<typeof given>,
): Promise<number> {
  const { selection, isNarrow } = askedLetters(positionals, values)
  if (!isNarrow && !values.all) {
    throw new UsageError('say which letters: a place, --error, --since, --until, --limit or --all')
  }
  const isDryRun = values['dry-run']
  const rate = wholeNumber('--rate', values.rate, 1)
  const verb = isDryRun ? `would be ${action}` : action
  const settings = platformSettings(await installed(values['port-base']))
  const deciding: Deciding = {
    action,
    selection,
    operator: commandOperator(),
    reason: values.reason ?? null,
    rate,
    isAgain: values.again,
    redrivesMax: wholeNumber('--redrives-max', values['redrives-max'], 1),
    isDryRun,
    onDecided: ({ record }) => values.json || print(`${placeOf(record)} ${verb}`),
  }
  const decided = await withLog(settings, async (log) => {
    await assertHasLetters(log, selection.unit)
    return decideLetters(log, deciding)
  })
  if (values.json) print(JSON.stringify({ action, isDryRun, ...decided }))
  else tell(decided, verb)
  const isMissing = selection.offset !== undefined && decided.decided.length === 0
  return decided.refused.length > 0 || isMissing ? 1 : 0
}

function tell({ decided, refused, leftOut }: Decided, verb: string): void {
  for (const { place, reason } of refused) report(`${place} not: ${reason}`)
  if (leftOut > 0) report(`${leftOut} left out: their originals do not say whose they are`)
  print(`${decided.length} ${verb}${refused.length > 0 ? `, ${refused.length} not` : ''}`)
}

/** Back to the unit that set them aside. */
export const dlqRedrive: Command = {
  name: 'dlq redrive',
  summary: 'send dead letters back to the unit that set them aside',
  help: `corrente dlq redrive <unit> | <place> [options] [--json] [--port-base <n>]

Sends the originals back to their unit's second input (<unit>.redrive): the same bytes and headers under the same
partition number, so that they are handled as the records they first were, after the others. Each is noted on
corrente.redrives, and all of them on corrente.operations (corrente audit), in the same transaction. Which ones:

${selectionHelp}
  --all                   all that nobody has decided on

  --dry-run               show what would be sent back, and send nothing
  --rate <n>              letters a second, 100 where not said
  --again                 also those that were decided on before, or whose original was sent back before
  --redrives-max <n>      an original that was sent back so often is refused, with --again too; ${redrivesMaxDefault} where not said
  --reason <text>         why, for the record

One that failed again is not sent round for ever: it takes --again, and ${redrivesMaxDefault} times are the end. An original that is too large
to be sent back, and letters of a unit that is gone, are refused in a sentence that says what to do. Of two who
redrive letters of the same unit, by command or page, the first is fenced and says so. Exit code 1 where a letter was
refused or none is at the place.`,
  run: async (args) => decideAsTold('redriven', given(args)),
}

/** Given up. */
export const dlqDrop: Command = {
  name: 'dlq drop',
  summary: 'give dead letters up, with a reason',
  help: `corrente dlq drop <unit> | <place> --reason <text> [options] [--json] [--port-base <n>]

Notes on corrente.redrives, and on corrente.operations (corrente audit), that the letters are given up; they stay on their
topic and are not listed any more. Letters of a unit that is gone can be dropped, too.

  --reason <text>         why; it is kept
${selectionHelp}
  --all                   all that nobody has decided on

  --dry-run               show what would be dropped, and drop nothing
  --again                 also those that were decided on before

Exit code 1 where a letter was refused or none is at the place.`,
  async run(args) {
    const told = given(args)
    if (!told.values.reason?.trim()) throw new UsageError('say why, by --reason: it is kept')
    return decideAsTold('dropped', told)
  },
}
