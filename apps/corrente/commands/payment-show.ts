import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { withLog } from '#apps/platform/inspection/log-access'
import { readStory } from '#apps/platform/inspection/read-story'
import { storyLine } from '#apps/platform/inspection/story'
import { platformSettings } from '#apps/platform/settings'

/** The whole timeline of a payment. */
export const paymentShow: Command = {
  name: 'payment show',
  summary: 'the story of a payment: each event with its topic, partition and offset',
  help: `corrente payment show <payment id or application id> [--json] [--port-base <n>]

Reads the topics and prints each event of the payment with topic@partition:offset and the milliseconds since
the first one. Exit code 1 where no event is found.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, 'port-base': { type: 'string' } },
    })
    const [id, ...more] = positionals
    if (!id || more.length > 0) throw new UsageError('say one payment id or application id')
    const settings = platformSettings(await installed(values['port-base']))
    const events = await withLog(settings, (log) => readStory(log, { id: id.toLowerCase() }))
    const [first] = events
    if (!first) {
      report(`no event of ${id} was found`)
      return 1
    }
    if (values.json) {
      print(
        JSON.stringify(events.map(({ at, timestamp, what, by }) => ({ at, timestamp, what, by }))),
      )
    } else events.forEach((event) => print(storyLine(event, first.timestamp)))
    return 0
  },
}
