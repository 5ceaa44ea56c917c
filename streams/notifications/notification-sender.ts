import { RejectedError } from '#core/errors'
import { defineTask, to } from '#core/processor'
import type { Notification, NotificationOutcome } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { handOver, type Receivers } from '#streams/notifications/hand-over'

export interface NotificationPorts extends Receivers {
  /** How long a notification is tried that nobody takes, milliseconds. */
  readonly giveUpAfterMs: number
}

const idShape = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$/

/** Whether a text may be the id of a notification; no e-mail address is one. */
export const isNotificationId = (text: string): boolean => idShape.test(text)

const webhookName = /^[a-z][a-z0-9-]{0,39}$/

/**
 * Hands notifications to the mail server or a webhook and tells what came of each. One id is delivered or refused once:
 * asked for again it does nothing. What nobody took in time is given up, and may be asked for again under its id. Where a
 * connection was lost nobody knows whether it was taken: it is tried again, under the same Message-ID or the same body.
 */
export const notificationSender = (ports: NotificationPorts) =>
  defineTask({
    name: 'notification-sender',
    input: topics.notifications,
    outputs: [topics.notificationDeliveries],
    state: topics.endedNotifications,
    orderBy: ({ notification_id }) => notification_id,
    partyOf,
    concurrency: 32,
    concurrencyPerParty: 8,
    timeoutMs: 30_000,
    retry: { delayMsFirst: 1_000, delayMsMax: 600_000, ageMsMax: ports.giveUpAfterMs },

    async run(notification, { state, now, attempt, signal }) {
      const { notification_id } = notification
      // Its id is on the key of all that is said about it.
      if (!isNotificationId(notification_id))
        throw new RejectedError('malformed-id', 'the id is none')
      if (state.get(notification_id)) return []
      const refusal = await refusedBy(handOver(ports, notification, signal))
      const outcome = refusal ? 'REFUSED' : 'DELIVERED'
      return [
        told(notification, {
          outcome,
          code: refusal?.code,
          message: refusal?.message,
          attempt,
          now,
        }),
        to(topics.endedNotifications, { notification_id, outcome }),
      ]
    },

    async onExhausted(notification, { attempts: attempt, reason: message, now }) {
      return [told(notification, { outcome: 'GIVEN_UP', code: 'given-up', message, attempt, now })]
    },
  })

/** The mail server is one party, each webhook another: one that hangs holds nobody else. */
function partyOf(notification: Notification): string {
  if (notification.channel === 'Email') return 'mail'
  const { name } = notification.webhook
  return webhookName.test(name) ? `webhook-${name}` : 'webhook'
}

async function refusedBy(handing: Promise<void>): Promise<RejectedError | undefined> {
  try {
    await handing
    return undefined
  } catch (error) {
    if (error instanceof RejectedError) return error
    throw error
  }
}

interface Told {
  readonly outcome: NotificationOutcome
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly attempt: number
  readonly now: Date
}

const told = (
  { notification_id, channel, template, template_version }: Notification,
  { outcome, code, message, attempt, now }: Told,
) =>
  to(topics.notificationDeliveries, {
    notification_id,
    channel,
    template,
    template_version,
    outcome,
    code: code ?? null,
    message: message ?? null,
    attempts: attempt,
    decided_at: formatDateTime(now),
  })
