import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { instantMs } from '#apps/corrente/instant'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { existingPartitionsIn, type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { type ShownRecord, shownRecord } from '#apps/platform/inspection/shown-record'
import { platformSettings } from '#apps/platform/settings'
import type { InputRecord, Position, TopicPartition } from '#core/records'
import { openTopicReader } from '#core/topic-reader'

const options = {
  from: { type: 'string', default: 'latest' },
  partition: { type: 'string' },
  key: { type: 'string' },
  count: { type: 'string' },
  'to-end': { type: 'boolean', default: false },
  headers: { type: 'boolean', default: false },
  'show-personal': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const parsed = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [topic, ...more] = positionals
  if (!topic || more.length > 0) throw new UsageError('say one topic')
  const { from, partition, count } = values
  if (!/^(earliest|latest|\d+)$/.test(from)) instantMs('--from', from)
  return {
    ...values,
    topic,
    partition: partition === undefined ? undefined : wholeNumber('--partition', partition),
    count: count === undefined ? Infinity : wholeNumber('--count', count, 1),
  }
}
type Tailing = ReturnType<typeof parsed>

/** Where the reading begins; an offset outside the log is moved to its nearest end. */
async function startOf(
  { offsets }: LogAccess,
  partitions: readonly TopicPartition[],
  from: string,
): Promise<readonly Position[]> {
  if (from === 'earliest') return offsets.beginnings(partitions)
  if (from === 'latest') return offsets.ends(partitions)
  if (!/^\d+$/.test(from)) return offsets.since(partitions, instantMs('--from', from))
  const [beginnings, ends] = [await offsets.beginnings(partitions), await offsets.ends(partitions)]
  return beginnings.map((first, at) => ({
    ...first,
    offset: Math.min(Math.max(Number(from), first.offset), ends[at]!.offset),
  }))
}

/** Prints until there are enough, the end is reached (where it is asked for), or Ctrl-C. */
async function follow(log: LogAccess, tailing: Tailing): Promise<void> {
  const { topic, partition, key, count } = tailing
  const all = await existingPartitionsIn(log, topic)
  const partitions = all.filter((one) => partition === undefined || one.partition === partition)
  if (partitions.length === 0) throw new UsageError(`${topic} has no partition ${partition}`)
  const beginnings = await startOf(log, partitions, tailing.from)
  const ends = await log.offsets.ends(partitions)
  let left = count
  let enough = () => {}
  const isEnough = new Promise<void>((resolve) => (enough = resolve))
  process.once('SIGINT', enough).once('SIGTERM', enough)
  const reader = await openTopicReader(log.kafka, {
    beginnings,
    async onRecords(records) {
      const wanted = records.filter((record) =>
        isWanted(record, key, tailing['to-end'] ? ends : []),
      )
      await log.wire.prepareRead(wanted.map(({ value }) => value))
      for (const record of wanted.slice(0, left)) print(lineOf(record, log, tailing))
      left -= Math.min(left, wanted.length)
      if (left === 0) enough()
    },
  })
  // A reader that breaks says so by this promise only.
  const ended = reader.reached(
    tailing['to-end'] ? ends : ends.map((end) => ({ ...end, offset: Infinity })),
  )
  await Promise.race([ended, isEnough]).finally(() => {
    ended.catch(() => undefined)
    return reader.close()
  })
}

function isWanted(record: InputRecord, key: string | undefined, ends: readonly Position[]) {
  const end = ends.find(({ partition }) => partition === record.partition)
  return (key === undefined || record.key === key) && (!end || record.offset < end.offset)
}

function lineOf(record: InputRecord, { wire }: LogAccess, tailing: Tailing): string {
  const isPersonalShown = tailing['show-personal']
  const shown = shownRecord(record, { wire, topic: describedTopic(record.topic), isPersonalShown })
  const { headers, ...rest } = shown
  if (tailing.json) return JSON.stringify(tailing.headers ? shown : rest)
  return [headOf(shown), ...(tailing.headers ? headerLines(headers) : []), bodyOf(shown)].join('\n')
}

const headOf = ({ at, time, key }: ShownRecord) => `${at}  ${time}  ${key ?? '(no key)'}`
const headerLines = (headers: ShownRecord['headers']) =>
  Object.entries(headers).map(([name, text]) => `  ${name}: ${text}`)
const bodyOf = ({ value, unread, bytes }: ShownRecord) =>
  `  ${[value === undefined ? [] : JSON.stringify(value), unread ? `(${unread}; ${bytes} bytes)` : []].flat().join(' ')}`

/** Records as they come. */
export const tail: Command = {
  name: 'tail',
  summary: 'records of a topic, decoded, as they come',
  help: `corrente tail <topic> [options] [--json] [--port-base <n>]

Prints committed records of a topic, decoded by its schema, until Ctrl-C. Works for the topics beside a unit, too
(<unit>.dlq, .redrive, .parked). Personal, sensitive and secret values are shown as *** .

  --from <where>    latest (where not said), earliest, an offset, an instant (ISO 8601) or an age such as 15m
  --partition <n>   of this partition only
  --key <key>       with this key only
  --count <n>       end after so many
  --to-end          end where the topic ends now
  --headers         with their headers
  --show-personal   hide nothing

With --json one object a line.`,
  async run(args) {
    const tailing = parsed(args)
    const settings = platformSettings(await installed(tailing['port-base']))
    if (!describedTopic(tailing.topic)) report(`${tailing.topic} is none of the declared topics`)
    await withLog(settings, (log) => follow(log, tailing))
    return 0
  },
}
