import { parseArgs } from 'node:util'
import { type Command, UsageError } from '#apps/corrente/command'
import { exportsClient, placeHelp, placeOptions } from '#apps/corrente/exports/exports-place'
import { watchExport } from '#apps/corrente/exports/watch-export'

const options = { json: { type: 'boolean', default: false }, ...placeOptions } as const

/** An export as it goes on. */
export const exportsWatch: Command = {
  name: 'exports watch',
  summary: 'show how far an export is until it is over',
  help: `corrente exports watch <request id> [options]

Shows how far an export is, as it goes on: a bar on a terminal, lines elsewhere. Goes on where the API was away for a
while. Exit code 0 where there is something to fetch in the end, 1 where it failed, was cancelled, or its time is over.

  --json  one JSON object for each change

${placeHelp}`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [id, ...more] = positionals
    if (!id || more.length > 0) throw new UsageError('say one id of a request')
    return watchExport(exportsClient(values), id, values.json)
  },
}
