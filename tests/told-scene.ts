import { join } from 'node:path'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import type { TakenMail } from '#connectors/smtp/sandbox'
import type { ReceivedEvent } from '#connectors/webhook/sandbox'
import type { NotificationDelivery } from '#schemas/generated/types'
import { Killable } from '#tests/killable'
import { openLogWatch, type SeenRecord } from '#tests/log-watch'
import { platformOf, type TestStack } from '#tests/stack'

/** The units that tell what came of exports. */
export const tellingUnits = ['export-notifications', 'notification-sender'] as const

/** Where nobody is to be named: all that stays of an export, and what is told of a notification. */
const lasting = ['export.facts', 'exports.current', 'exports.requested', 'export-keeper.rows']

/** The sandboxes of who takes notifications, and a stranger who reads what came of them. */
export interface ToldScene {
  /** The deliveries of notifications of a request so far. */
  deliveriesOf(requestId: string): readonly NotificationDelivery[]
  /** Waits until so much came of the notifications of a request. */
  told(requestId: string, count: number): Promise<readonly NotificationDelivery[]>
  mailsTo(address: string): Promise<readonly TakenMail[]>
  /** What webhooks got of a request: each try that was signed rightly. */
  eventsOf(requestId: string): Promise<readonly ReceivedEvent[]>
  /** Whether it is kept who is to be told. */
  isKept(requestId: string): boolean
  /** Records that name somebody where nobody is to be named. */
  readonly naming: readonly Pick<SeenRecord, 'topic' | 'offset'>[]
  caughtUp(): Promise<void>
  stop(): Promise<void>
}

export async function openToldScene(stack: TestStack): Promise<ToldScene> {
  const { mail, webhook } = addressesOf(stack.portBase)
  const platform = { ...process.env, ...platformOf(stack) }
  const spec = demoApps({ ...stack, platform }).sandbox
  const sandbox = new Killable(spec, join(stack.dataDir, 'told-logs'))
  await sandbox.start()
  const deliveries: NotificationDelivery[] = []
  const kept = new Map<string, boolean>()
  const naming: Pick<SeenRecord, 'topic' | 'offset'>[] = []
  const topics = ['notifications.deliveries', 'export-notifications.requests', ...lasting]
  const watch = await openLogWatch(stack, topics, ({ topic, offset, key, bytes, value }) => {
    if (topic === 'export-notifications.requests') return void kept.set(key!, bytes !== null)
    if (bytes?.includes('@body.example') || key?.includes('@')) naming.push({ topic, offset })
    if (topic === 'notifications.deliveries') deliveries.push(value as NotificationDelivery)
  })
  const deliveriesOf = (requestId: string) =>
    deliveries.filter(({ notification_id }) => notification_id.includes(requestId))
  const read = async <T>(url: string) => (await (await fetch(url)).json()) as readonly T[]
  return {
    deliveriesOf,
    told: (requestId, count) =>
      watch.until(
        `${count} deliveries of ${requestId}`,
        () => {
          const found = deliveriesOf(requestId)
          return found.length >= count ? found : undefined
        },
        40_000,
      ),
    mailsTo: (address) => read<TakenMail>(`${mail}/api/mails?to=${encodeURIComponent(address)}`),
    eventsOf: async (requestId) =>
      (await read<ReceivedEvent>(`${webhook}/api/events`)).filter(({ id }) =>
        id.includes(requestId),
      ),
    isKept: (requestId) => kept.get(requestId) ?? false,
    naming,
    caughtUp: () => watch.caughtUp(),
    async stop() {
      await watch.close()
      await sandbox.drain()
    },
  }
}
