import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { exportsClient, placeHelp, placeOptions } from '#apps/corrente/exports/exports-place'

const options = { json: { type: 'boolean', default: false }, ...placeOptions } as const

/** An export that nobody wants any more. */
export const exportsCancel: Command = {
  name: 'exports cancel',
  summary: 'give an export up, and delete what was made for it',
  help: `corrente exports cancel <request id> [--json] [options]

Asks that an export is given up: what was made for it is deleted, also where it is ready. Another request that shares it
loses it, too. Asked again it does nothing.

${placeHelp}`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [request_id, ...more] = positionals
    if (!request_id || more.length > 0) throw new UsageError('say one id of a request')
    await exportsClient(values).cancel(request_id)
    print(values.json ? JSON.stringify({ request_id }) : `${request_id} is given up`)
    return 0
  },
}
