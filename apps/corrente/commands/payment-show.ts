import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { declaredUnits } from '#apps/platform/declared-units'
import { bodyLines } from '#apps/platform/inspection/exchange-text'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { readStory } from '#apps/platform/inspection/read-story'
import { type StoryEvent, storyLine } from '#apps/platform/inspection/story'
import { readWaiting } from '#apps/platform/inspection/waiting'
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

/** The story, and at its end what waits to be tried again. */
async function timelineOf(log: LogAccess, id: string): Promise<readonly StoryEvent[]> {
  const events = await readStory(log, { id })
  const named = events.flatMap(({ payment }) => (payment ? [payment.id, payment.remote_id] : []))
  return [...events, ...(await readWaiting(log, declaredUnits, new Set([id, ...named])))]
}

const linesOf = (event: StoryEvent, startMs: number, hasBodies: boolean): readonly string[] => [
  storyLine(event, startMs),
  ...(hasBodies && event.exchange ? bodyLines(event.exchange).map((line) => `    ${line}`) : []),
]

const jsonOf = ({ at, timestamp, what, by, exchange }: StoryEvent) => ({
  at,
  timestamp,
  what,
  by,
  ...(exchange ? { exchange } : {}),
})

/** The whole timeline of a payment. */
export const paymentShow: Command = {
  name: 'payment show',
  summary: 'the story of a payment: each event with its place, each exchange with its intermediary',
  help: `corrente payment show <payment id or application id> [options] [--json] [--port-base <n>]

Reads the topics and prints each event of the payment with topic@partition:offset and the milliseconds since the first
one; between them each exchange with its intermediary (of the last seven days), and at the end what waits to be tried
again. Exit code 1 where no event is found.

  --bodies        what was exchanged, too: members by name, values by shape but for states, codes, sums and numbers
  --no-exchanges  events only

With --json exchanges have their bodies.`,
  async run(args) {
    const { id, json, bodies, 'no-exchanges': isShort, 'port-base': portBase } = parsed(args)
    const settings = platformSettings(await installed(portBase))
    const all = await withLog(settings, (log) => timelineOf(log, id))
    const events = all.filter(({ exchange }) => !(isShort && exchange))
    const [first] = events
    if (!first) {
      report(`no event of ${id} was found`)
      return 1
    }
    if (json) print(JSON.stringify(events.map(jsonOf)))
    else events.flatMap((event) => linesOf(event, first.timestamp, bodies)).forEach(print)
    return 0
  },
}
