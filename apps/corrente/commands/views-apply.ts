import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { openViews } from '#apps/corrente/open-views'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'
import { platformSettings } from '#apps/platform/settings'

/** Opens what `ksql/` holds. */
export const viewsApply: Command = {
  name: 'views apply',
  summary: 'open every view of ksql/ in ksqlDB',
  help: `corrente views apply [--json]

Opens each view of ksql/ in the ksqlDB that KSQLDB_URL names, over the topics that KAFKA_BROKERS holds; idempotent. A view
that is open stays as it is, also where its statement is another one by now: drop it in ksqlDB first.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    })
    const ksqldb = ksqldbSettings(process.env)
    if (!ksqldb) throw new UsageError('KSQLDB_URL is not set: say where ksqlDB is')
    const { wire } = platformSettings(process.env)
    const { url, username, password } = ksqldb
    const isJson = wire.format === 'json'
    const credentials = username === undefined ? undefined : `${username}:${password}`
    const opened = await openViews(url.replace(/\/+$/, ''), { isJson, credentials })
    if (values.json) print(JSON.stringify({ opened }))
    else print(`open: ${opened.join(', ')}`)
    return 0
  },
}
