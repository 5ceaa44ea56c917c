import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import {
  existingPartitionsIn,
  type LogAccess,
  wholeOf,
  withLog,
} from '#apps/platform/inspection/log-access'
import { type ParkedKey, readParked } from '#apps/platform/inspection/parked'
import { platformSettings } from '#apps/platform/settings'
import type { NotificationDelivery } from '#schemas/generated/types'
import { notificationDeliveries } from '#schemas/topics'

const sender = 'notification-sender'

/** What came of one notification. */
export const notificationsShow: Command = {
  name: 'notifications show',
  summary: 'what came of a notification, or for what it waits',
  help: `corrente notifications show <id> [--json] [--port-base <n>]

Prints each outcome of the notification with its time and its tries, and why it is tried again where it waits. Neither
who was told nor what is shown. Exit code 1 where nothing is known of it.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, 'port-base': { type: 'string' } },
    })
    const [id, ...more] = positionals
    if (!id || more.length > 0) throw new UsageError('say one notification id')
    const settings = platformSettings(await installed(values['port-base']))
    return withLog(settings, async (log) => {
      const outcomes = await outcomesOf(log, id)
      const waiting = (await readParked(log, sender)).filter(({ orderKey }) => orderKey === id)
      if (values.json) print(JSON.stringify({ outcomes, waiting: waiting.map(shownWait) }))
      else for (const line of [...outcomes.map(lineOf), ...waiting.map(waitLine)]) print(line)
      if (outcomes.length + waiting.length > 0) return 0
      report(`nothing is known of ${id}: it was not asked for, or is on its way`)
      return 1
    })
  },
}

async function outcomesOf(log: LogAccess, id: string): Promise<readonly NotificationDelivery[]> {
  const partitions = await existingPartitionsIn(log, notificationDeliveries.name)
  const outcomes: NotificationDelivery[] = []
  for await (const records of wholeOf(log, partitions)) {
    const own = records.filter(({ key }) => key === id)
    await log.wire.prepareRead(own.map(({ value }) => value))
    for (const { value, key } of own) {
      const read = value && log.wire.decode(notificationDeliveries, value, key)
      if (read && read.kind === 'value') outcomes.push(read.value as NotificationDelivery)
    }
  }
  return outcomes
}

const lineOf = (outcome: NotificationDelivery): string => {
  const { decided_at, attempts, channel, template, template_version, code, message } = outcome
  const why = code === null ? '' : ` (${code}: ${message})`
  const what = `${template}@${template_version} by ${channel.toLowerCase()}`
  return `${decided_at}  ${outcome.outcome} at try ${attempts}: ${what}${why}`
}

const shownWait = ({ attempts, dueAtMs, error }: ParkedKey) => ({
  attempts,
  due_at: new Date(dueAtMs).toISOString(),
  reason: error ?? null,
})

const waitLine = (parked: ParkedKey): string => {
  const { attempts, due_at, reason } = shownWait(parked)
  return `waits until ${due_at}, tried ${attempts} times: ${reason ?? 'its party is away'}`
}
