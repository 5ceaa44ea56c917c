import { describe, expect, it } from 'vitest'
import { driveTask, now } from '#core/drive'
import { RejectedError, TransientError } from '#core/errors'
import { to } from '#core/processor'
import type { Mail } from '#ports/mail'
import type { WebhookEvent } from '#ports/webhooks'
import type { NotificationDelivery } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { sampleMail, sampleWebhook } from '#streams/notifications/notification-samples'
import {
  type NotificationPorts,
  notificationSender,
} from '#streams/notifications/notification-sender'

const never = () => Promise.reject(new Error('never called'))
const portsOf = (ports: Partial<NotificationPorts>): NotificationPorts => ({
  mailServer: { send: never },
  webhooks: { post: never },
  attachments: { bytesOf: never },
  giveUpAfterMs: 1_000,
  ...ports,
})
const senderOf = (ports: Partial<NotificationPorts>) =>
  driveTask(notificationSender(portsOf(ports)))
/** Takes all, and keeps it. */
const taking = () => {
  const mails: Mail[] = []
  const events: WebhookEvent[] = []
  const mailServer = { send: async (mail: Mail) => void mails.push(mail) }
  const webhooks = { post: async (event: WebhookEvent) => void events.push(event) }
  return { mails, events, ports: { mailServer, webhooks } }
}
const mailFailing = (error: Error) =>
  senderOf({ mailServer: { send: () => Promise.reject(error) } })

const { notification_id, template, template_version } = sampleMail()
const ended = (outcome: 'DELIVERED' | 'REFUSED') =>
  to(topics.endedNotifications, { notification_id, outcome })
const told = (changes: Partial<NotificationDelivery>) =>
  to(topics.notificationDeliveries, {
    notification_id,
    channel: 'Email',
    template,
    template_version,
    outcome: 'DELIVERED',
    code: null,
    message: null,
    attempts: 1,
    decided_at: formatDateTime(now),
    ...changes,
  })
const refused = (code: string, message: string, changes: Partial<NotificationDelivery> = {}) => [
  told({ outcome: 'REFUSED', code, message, ...changes }),
  ended('REFUSED'),
]

describe('notification-sender: a mail', () => {
  it('goes to the mail server with what its template says', async () => {
    const { mails, ports } = taking()
    await senderOf(ports).when(sampleMail()).emits(told({}), ended('DELIVERED'))
    expect(mails.map(({ address }) => address)).toEqual(['ada@body.example'])
  })

  it.each(['DELIVERED', 'REFUSED'] as const)('that was %s is not sent again', async (outcome) => {
    await senderOf({}).given(ended(outcome)).when(sampleMail()).emits()
  })

  it('is refused where the mail server refuses it for good', async () => {
    const message = 'the mail server answered 550 to RCPT TO'
    await mailFailing(new RejectedError('smtp-550', message))
      .when(sampleMail())
      .emits(...refused('smtp-550', message))
  })

  it('is tried again where the mail server is away, or nobody knows what it did', async () => {
    await mailFailing(new TransientError('it may have been taken')).when(sampleMail()).waits()
  })

  it('is given up after its time, and may be asked for again', async () => {
    const exhausted = { attempts: 7, reason: 'the mail server answered 450 to RCPT TO' }
    const { reason: message, attempts } = exhausted
    await senderOf({})
      .when(sampleMail(), { exhausted })
      .emits(told({ outcome: 'GIVEN_UP', code: 'given-up', message, attempts }))
  })

  it('is refused where it is wrong, and says how', async () => {
    await senderOf({})
      .when(sampleMail({ data: '{}' }))
      .emits(...refused('missing-variable', 'the variable documents is missing'))
  })

  it('whose id may be anything but an id is set aside: nothing is told under it', async () => {
    for (const id of ['', 'ada@body.example', 'a b', `a${'b'.repeat(120)}`, 'a\n']) {
      await senderOf({})
        .when(sampleMail({ notification_id: id }))
        .setsAside('malformed-id')
    }
  })
})

describe('notification-sender: a webhook', () => {
  it('is told once, too', async () => {
    const { events, ports } = taking()
    await senderOf(ports)
      .when(sampleWebhook())
      .emits(told({ channel: 'Webhook' }), ended('DELIVERED'))
    await senderOf(ports).given(ended('DELIVERED')).when(sampleWebhook()).emits()
    expect(events).toHaveLength(1)
  })

  it('is a party of its own, and no name of others becomes one', () => {
    const { partyOf } = notificationSender(portsOf({}))
    expect(partyOf?.(sampleMail())).toBe('mail')
    expect(partyOf?.(sampleWebhook())).toBe('webhook-archive')
    expect(partyOf?.(sampleWebhook({}, 'ada@body.example'))).toBe('webhook')
  })
})
