import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { platformSettings } from '#apps/platform/settings'
import type { TakenMail } from '#connectors/smtp/sandbox'
import { openPublisher } from '#core/publisher'
import { newWire } from '#core/wire'
import type { NotificationDelivery } from '#schemas/generated/types'
import { notifications } from '#schemas/topics'
import { Killable } from '#tests/killable'
import { isHandled, openLogWatch, strangersKafka } from '#tests/log-watch'
import { platformOf, type TestStack } from '#tests/stack'
import type { Place } from '#tests/upstream'

/** Variables of `export-ready@1`; fictional. */
export const exportVariables = {
  export: '5f0c7a52',
  documents: 10_000,
  expires_at: '10/03/2025 13:15',
  page: 'https://body.example/exports/5f0c7a52',
}
const asked = {
  tenant_id: 'tenant-a',
  template: 'export-ready',
  template_version: 1,
  language: 'es-PE',
  data: JSON.stringify(exportVariables),
  attachments: [],
}

/** An address that nobody else writes to; `scene` is what the sandbox plays. */
export const someone = (scene = ''): string => `${scene}${randomUUID().slice(0, 8)}@body.example`

/** The sandboxes of who takes notifications, and a worker that only sends them; one without a mail server stands by. */
async function startSender(stack: TestStack, giveUpSeconds: number) {
  const logs = join(stack.dataDir, 'logs')
  const giveUp = { NOTIFICATION_GIVE_UP_SECONDS: String(giveUpSeconds) }
  const platform = { ...process.env, ...platformOf(stack), ...giveUp }
  const apps = demoApps({ ...stack, platform })
  const whole = apps.own.find(({ name }) => name === 'worker')!
  const only = { ...whole, args: [...whole.args, '--only', 'notification-sender'] }
  const sandbox = new Killable(apps.sandbox, logs)
  const worker = new Killable(only, logs)
  const mailless = new Killable({ ...only, env: { ...only.env, SMTP_URL: undefined } }, logs)
  await Promise.all([sandbox.start(), worker.start()])
  return { sandbox, worker, mailless, workerLog: join(logs, 'worker.log'), platform }
}

/** Whoever has something to tell. */
async function openAsker(platform: NodeJS.ProcessEnv) {
  const settings = platformSettings(platform)
  const wire = newWire(settings.wire)
  await wire.prepareWrite([notifications])
  const publisher = await openPublisher(settings.kafka, wire, 'test:1')
  const mail = (address: string, notification_id: string, changes = {}) => {
    const whom = { channel: 'Email', email: { address } } as const
    return publisher.publish(notifications, { ...asked, ...changes, notification_id, ...whom })
  }
  return {
    mail,
    /** Asks for a mail under an id of its own. */
    async newMail(address: string, changes = {}): Promise<string> {
      const id = randomUUID()
      await mail(address, id, changes)
      return id
    },
    async newWebhook(name: string): Promise<string> {
      const notification_id = randomUUID()
      const whom = { channel: 'Webhook', webhook: { name } } as const
      await publisher.publish(notifications, { ...asked, notification_id, ...whom })
      return notification_id
    },
    closeAsker: () => publisher.close(),
  }
}

export type NotificationScene = Awaited<ReturnType<typeof openNotificationScene>>

/** A sender with the sandboxes of who takes notifications, who asks it, and an independent reader of what comes of it. */
export async function openNotificationScene(stack: TestStack, giveUpSeconds: number) {
  const { sandbox, platform, ...sender } = await startSender(stack, giveUpSeconds)
  const { closeAsker, ...asker } = await openAsker(platform)
  const admin = strangersKafka(stack).admin()
  await admin.connect()
  const deliveries: NotificationDelivery[] = []
  const letters: unknown[] = []
  const topics = ['notifications.deliveries', 'notification-sender.dlq']
  const watch = await openLogWatch(stack, topics, ({ topic, value, headers }) => {
    if (topic === 'notifications.deliveries') deliveries.push(value as NotificationDelivery)
    else letters.push(headers)
  })
  const addresses = addressesOf(stack.portBase)
  const of = (id: string) => deliveries.filter((delivery) => delivery.notification_id === id)
  return {
    ...asker,
    ...sender,
    addresses,
    watch,
    deliveries,
    letters,
    /** What came of a notification so far. */
    of,
    /** Waits for the first that came of it. */
    ended: (id: string) => watch.until(`what came of ${id}`, () => of(id).at(0), 40_000),
    isHandled: (place: Place) => isHandled(admin, 'notification-sender', place),
    async mailsTo(address: string): Promise<readonly TakenMail[]> {
      const answer = await fetch(`${addresses.mail}/api/mails?to=${encodeURIComponent(address)}`)
      return (await answer.json()) as TakenMail[]
    },
    async close(): Promise<void> {
      await Promise.all([watch.close(), closeAsker(), admin.disconnect()])
      await Promise.all([sender.worker.drain(), sender.mailless.drain()])
      await sandbox.drain()
    },
  }
}
