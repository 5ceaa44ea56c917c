import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { type PlatformSettings, platformSettings } from '#apps/platform/settings'
import { RejectedError } from '#core/errors'
import { openPublisher } from '#core/publisher'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import type { Notification } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { notifications } from '#schemas/topics'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseJsonText } from '#schemas/values/json-text'
import { parseMailAddress } from '#schemas/values/mail-address'
import { composed } from '#streams/notifications/message-template'
import { isNotificationId } from '#streams/notifications/notification-sender'
import { templateOf } from '#streams/notifications/templates'

const options = {
  template: { type: 'string' },
  to: { type: 'string' },
  webhook: { type: 'string' },
  data: { type: 'string' },
  language: { type: 'string', default: 'en' },
  id: { type: 'string' },
  'port-base': { type: 'string' },
} as const

/** One notification. */
export const notificationsSend: Command = {
  name: 'notifications send',
  summary: 'ask for a notification by e-mail or webhook',
  help: `corrente notifications send --template <name>@<version> --to <address> --data <file> [options] [--port-base <n>]

Writes a command on the topic notifications, after the checks that its sender makes, and prints its id and its place.
The file holds the variables of the template: an object of texts and whole numbers. What came of it:
corrente notifications show <id>.

  --to <address>      by e-mail
  --webhook <name>    to a webhook of the worker's settings instead
  --language <tag>    es-PE, es-CO, pt-BR, it-IT or en (where not said)
  --id <id>           the same id is told once, however often it is asked for; a new one where not said`,
  async run(args) {
    const { portBase, ...value } = asked(args)
    const settings = platformSettings(await installed(portBase))
    const { partition, offset } = await written(settings, value)
    print(`${value.notification_id}  ${notifications.name}@${partition}:${offset}`)
    return 0
  },
}

function asked(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options })
  const { language, id: notification_id = randomUUID(), 'port-base': portBase } = values
  const [, template, version] = /^([a-z-]+)@(\d{1,9})$/.exec(values.template ?? '') ?? []
  if (template === undefined) throw new UsageError('say which: --template <name>@<version>')
  if (!isNotificationId(notification_id)) throw new UsageError('--id is no id such as export:1')
  const template_version = Number(version)
  const data = dataIn(values.data)
  try {
    composed(templateOf(template, template_version), language, data)
  } catch (error) {
    if (error instanceof RejectedError) throw new UsageError(error.message)
    throw error
  }
  const said = {
    notification_id,
    tenant_id: '',
    template,
    template_version,
    language,
    data,
    attachments: [],
  }
  return { ...said, ...receiverOf(values), portBase }
}

interface Whom {
  readonly to?: string | undefined
  readonly webhook?: string | undefined
}

function receiverOf({ to, webhook }: Whom) {
  if ((to === undefined) === (webhook === undefined)) {
    throw new UsageError('say who is told: --to <address> or --webhook <name>')
  }
  if (webhook !== undefined) return { channel: 'Webhook', webhook: { name: webhook } } as const
  return {
    channel: 'Email',
    email: { address: valid('--to', () => parseMailAddress(to)) },
  } as const
}

function dataIn(path: string | undefined): string {
  if (path === undefined) throw new UsageError('say the variables: --data <file>')
  return valid(path, () => parseJsonText(readFileSync(path, 'utf8')))
}

function valid(what: string, read: () => string): string {
  try {
    return read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof InvalidValueError) throw new UsageError(`${what} ${error.reason}`)
    if (code !== undefined) throw new UsageError(`${what} cannot be read (${code})`)
    throw error
  }
}

async function written({ kafka, wire: format }: PlatformSettings, value: Unstamped<Notification>) {
  const wire = newWire(format)
  await wire.prepareWrite([notifications])
  const publisher = await openPublisher(kafka, wire, `corrente:${appVersion}`)
  try {
    return await publisher.publish(notifications, value, {
      'correlation-id': notifications.key(value),
    })
  } finally {
    await publisher.close()
  }
}
