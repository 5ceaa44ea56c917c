import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { openStory, Story, type StoryEvent, storyLine, storyPartitions } from '#apps/corrente/story'
import { platformSettings, type PlatformSettings } from '#apps/platform/settings'
import { openOffsetSource } from '#core/topic-reader'
import { newWire } from '#core/wire'

/** All events of a payment, or of the application it was born from, in the order the broker wrote them. */
async function storyOf(id: string, { kafka, wire: settings }: PlatformSettings) {
  const wire = newWire(settings)
  const offsets = await openOffsetSource(kafka)
  try {
    const partitions = await storyPartitions(offsets)
    const beginnings = await offsets.beginnings(partitions)
    const ends = await offsets.ends(partitions)
    const events = new Map<string, StoryEvent>()
    const story = new Story(id)
    // Twice: the first reading learns the names (an application's payment), the second finds all events.
    for (let reading = 1; reading <= 2; reading++) {
      const onEvent = (event: StoryEvent) => events.set(event.at, event)
      const reader = await openStory(kafka, wire, { story, beginnings, onEvent })
      await reader.reached(ends).finally(() => reader.close())
    }
    return [...events.values()].sort((a, b) => a.timestamp - b.timestamp)
  } finally {
    await offsets.close()
  }
}

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
    const events = await storyOf(
      id.toLowerCase(),
      platformSettings(await installed(values['port-base'])),
    )
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
