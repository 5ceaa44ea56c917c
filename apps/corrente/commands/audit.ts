import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print, report } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { instantMs } from '#apps/corrente/instant'
import { withLog } from '#apps/platform/inspection/log-access'
import { type DoneOperation, readOperations } from '#apps/platform/inspection/read-operations'
import { platformSettings } from '#apps/platform/settings'

const rowOf = (done: DoneOperation) => [
  new Date(done.atMs).toISOString().slice(0, 19).replace('T', ' '),
  done.operator ?? undefined,
  done.via,
  done.action,
  done.subjects.length,
  done.unit ?? undefined,
  // One is named; of several it is said which were meant.
  done.subjects.length === 1 ? done.subjects[0] : done.selection,
  done.reason ?? '',
]

const jsonOf = ({ atMs, subjects, ...done }: DoneOperation) => ({
  ...done,
  at: new Date(atMs).toISOString(),
  count: subjects.length,
  subjects,
})

/** What operators did. */
export const audit: Command = {
  name: 'audit',
  summary: 'what operators did: who, when, from where, to how many, and why',
  help: `corrente audit [--since <when>] [--limit <n>] [--json] [--port-base <n>]

Lists what was done by dlq redrive, dlq drop, parked release and payment retry, whether from a command or from the status
page, oldest first; times are UTC. It is read from corrente.operations, where each is written in the transaction that
does it. Dry runs are not noted.

  --since <when>   since an instant (ISO 8601) or an age such as 15m, 2h, 3d; all there is where not said
  --limit <n>      only the latest so many, 1000 where not said

With --json each has all that it was done to: places of dead letters, order keys, a payment id.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        since: { type: 'string' },
        limit: { type: 'string', default: '1000' },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const sinceMs = values.since === undefined ? undefined : instantMs('--since', values.since)
    const limit = wholeNumber('--limit', values.limit, 1)
    const settings = platformSettings(await installed(values['port-base']))
    const all = await withLog(settings, (log) => readOperations(log, { sinceMs }))
    const shown = all.slice(-limit)
    if (shown.length < all.length) report(`${all.length - shown.length} earlier ones are not shown`)
    if (values.json) print(JSON.stringify(shown.map(jsonOf)))
    else if (shown.length === 0) print('no operator did anything')
    else {
      const titles = ['when', 'who', 'from', 'what', 'how many', 'unit', 'which', 'why']
      columns(titles, shown.map(rowOf)).forEach(print)
    }
    return 0
  },
}
