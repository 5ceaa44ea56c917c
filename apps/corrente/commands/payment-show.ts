import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { declaredUnits } from '#apps/platform/declared-units'
import { bodyLines } from '#apps/platform/inspection/exchange-text'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import {
  summaryLine,
  summaryOf,
  type TellableStory,
} from '#apps/platform/inspection/payment-summary'
import { readStory } from '#apps/platform/inspection/read-story'
import { type StoryEvent, storyLine } from '#apps/platform/inspection/story'
import { letterEvent, readStoryLetters } from '#apps/platform/inspection/story-letters'
import { readWaitingKeys, waitingEvent } from '#apps/platform/inspection/waiting'
import { platformSettings } from '#apps/platform/settings'

const options = {
  bodies: { type: 'boolean', default: false },
  'no-exchanges': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const parsed = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [id, ...more] = positionals
  if (!id || more.length > 0) throw new UsageError('say one payment id or application id')
  return { ...values, id: id.toLowerCase() }
}

/** The story, what of it was set aside, and what waits to be tried again. */
async function storyOf(log: LogAccess, id: string): Promise<TellableStory> {
  const events = await readStory(log, { id })
  const named = events.flatMap(({ payment }) => (payment ? [payment.id, payment.remote_id] : []))
  const ids = new Set([id, ...named])
  return {
    events,
    waiting: await readWaitingKeys(log, declaredUnits, ids),
    letters: await readStoryLetters(log, declaredUnits, ids),
  }
}

/** Letters between the events, by when they were written, and at the end what waits. */
const timelineOf = ({ events, waiting, letters }: TellableStory): readonly StoryEvent[] => [
  ...[...events, ...letters.map(letterEvent)].toSorted(
    (one, other) => one.timestamp - other.timestamp,
  ),
  ...waiting.map(waitingEvent),
]

const linesOf = (event: StoryEvent, startMs: number, hasBodies: boolean): readonly string[] => [
  storyLine(event, startMs),
  ...(hasBodies && event.exchange ? bodyLines(event.exchange).map((line) => `    ${line}`) : []),
]

const traceLines = (events: readonly StoryEvent[]): readonly string[] =>
  [...new Set(events.flatMap(({ trace }) => trace ?? []))].map((id) => `recorded in trace ${id}`)

const jsonOf = ({ at, timestamp, what, by, version, schemaId, exchange, trace }: StoryEvent) => ({
  at,
  timestamp,
  what,
  by,
  version: version ?? null,
  schemaId: schemaId ?? null,
  ...(exchange ? { exchange } : {}),
  ...(trace === undefined ? {} : { trace }),
})

/** The whole timeline of a payment. */
export const paymentShow: Command = {
  name: 'payment show',
  summary: 'why a payment is not paid and what is next; then its story, event by event',
  help: `corrente payment show <payment id or application id> [options] [--json] [--port-base <n>]

Says in one sentence whether it is paid, why not, and what happens next and when. Then each event of the payment with
topic@partition:offset, the milliseconds since the first one, the application that wrote it with its version, and the
version of the event's shape; between them each exchange with its intermediary (of the last seven days) and each record
that was set aside; at the end what waits to be tried again, and the traces it was recorded in. Exit code 1 where no
event is found.

  --bodies        what was exchanged, too: members by name, values by shape but for states, codes, sums and numbers
  --no-exchanges  events only

With --json: the summary and the events, exchanges with their bodies, events with the id of their schema in the registry.`,
  async run(args) {
    const { id, json, bodies, 'no-exchanges': isShort, 'port-base': portBase } = parsed(args)
    const settings = platformSettings(await installed(portBase))
    const story = await withLog(settings, (log) => storyOf(log, id))
    const events = timelineOf(story).filter(({ exchange }) => !(isShort && exchange))
    const [first] = events
    if (!first) {
      report(`no event of ${id} was found`)
      return 1
    }
    const summary = summaryOf(story, id)
    if (json) print(JSON.stringify({ summary, events: events.map(jsonOf) }))
    else {
      print(`${summaryLine(summary)}\n`)
      events.flatMap((event) => linesOf(event, first.timestamp, bodies)).forEach(print)
      traceLines(events).forEach(print)
    }
    return 0
  },
}
