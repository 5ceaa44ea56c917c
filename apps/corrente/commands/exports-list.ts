import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print, UsageError } from '#apps/corrente/command'
import type { ExportsClient, ShownExport } from '#apps/corrente/exports/exports-client'
import { exportsClient, placeHelp, placeOptions } from '#apps/corrente/exports/exports-place'

const options = {
  'tenant-id': { type: 'string' },
  count: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
  ...placeOptions,
} as const

const pageMax = 200

/** The newest requests of a tenant, no more than so many. */
async function newestOf(
  client: Pick<ExportsClient, 'list'>,
  tenantId: string,
  count: number,
): Promise<readonly ShownExport[]> {
  const found: ShownExport[] = []
  for (let cursor: string | undefined; ;) {
    const limit = Math.min(count - found.length, pageMax)
    const page = await client.list(tenantId, { limit, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items)
    cursor = page.next_cursor
    if (cursor === undefined || found.length >= count) return found
  }
}

const titles = ['request', 'state', 'percent', 'output', 'batch', 'asked', 'until']
const rowOf = (shown: ShownExport) => [
  shown.request_id,
  shown.state,
  shown.percent ?? undefined,
  shown.output,
  shown.batch_id,
  shown.requested_at,
  shown.expires_at ?? undefined,
]

/** What was asked for of a tenant. */
export const exportsList: Command = {
  name: 'exports list',
  summary: 'the exports of a tenant, the newest first',
  help: `corrente exports list --tenant-id <id> [options]

Lists the requests for exports of a tenant, the newest first.

  --count <n>  so many at most; 20 where not said
  --json       one JSON object for each

${placeHelp}`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const tenantId = values['tenant-id']
    if (tenantId === undefined) throw new UsageError('say --tenant-id')
    const count = wholeNumber('--count', values.count, 1)
    const found = await newestOf(exportsClient(values), tenantId, count)
    if (values.json) found.forEach((shown) => print(JSON.stringify(shown)))
    else columns(titles, found.map(rowOf)).forEach(print)
    return 0
  },
}
