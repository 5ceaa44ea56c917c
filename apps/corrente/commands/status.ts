import { parseArgs } from 'node:util'
import { columns } from '#apps/corrente/columns'
import { type Command, print, report } from '#apps/corrente/command'
import { processUrls } from '#apps/corrente/processes'
import {
  askProcess,
  needsOfProcesses,
  type ProcessStatus,
} from '#apps/platform/inspection/processes'

const noProcess =
  'no process of Corrente runs here: start one by corrente start, or say where they are by --url'

function tell(processes: readonly ProcessStatus[], needs: readonly string[]): void {
  const rows = processes.map(({ app, url, version, problems }) => [
    app ?? '?',
    problems.length === 0 ? 'ok' : 'failing',
    version,
    url,
  ])
  columns(['process', 'status', 'version', 'address'], rows).forEach(print)
  const units = processes.flatMap((one) => one.units)
  if (units.length > 0) {
    print('')
    const shown = units.map(({ unit, state, reason, isPassing }) => [
      unit,
      state,
      reason === undefined ? '' : `${reason}${isPassing ? ' (may pass by itself)' : ''}`,
    ])
    columns(['unit', 'state', 'why'], shown).forEach(print)
  }
  const circuits = processes.flatMap((one) => one.circuits)
  if (circuits.length > 0) {
    print('')
    const shown = circuits.map(({ unit, party, state, sinceMs, reason }) => [
      unit,
      party,
      state,
      sinceMs === undefined ? undefined : new Date(sinceMs).toISOString(),
      reason,
    ])
    columns(['unit', 'party', 'circuit', 'since', 'why'], shown).forEach(print)
  }
  print('')
  if (needs.length === 0) print('nothing needs anybody')
  else for (const need of needs) print(`! ${need}`)
}

/** How the processes are. */
export const status: Command = {
  name: 'status',
  summary: 'how the processes, their units and the circuits to outside parties are',
  help: `corrente status [--url <address>]… [--json] [--port-base <n>]

Asks each process for its /status and prints its units and circuits, and what needs somebody. The processes are those
of the embedded installation, or the ones that --url (several times) or CORRENTE_PROCESSES (http://host:port,…) name.
Exit code 1 where something needs somebody, or no process is there.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const urls = processUrls(values.url, values['port-base'])
    const processes = await Promise.all(urls.map(askProcess))
    const needs = [
      ...needsOfProcesses(processes, Date.now()),
      ...(urls.length > 0 ? [] : [noProcess]),
    ]
    if (values.json) print(JSON.stringify({ needs, processes }))
    else if (urls.length === 0) report(noProcess)
    else tell(processes, needs)
    return needs.length === 0 ? 0 : 1
  },
}
