import { describe, expect, it } from 'vitest'
import { countNotifications } from '#apps/worker/notifications-told'
import { newMetrics } from '#core/metrics'
import { to } from '#core/processor'
import type { NotificationDelivery } from '#schemas/generated/types'
import { endedNotifications, notificationDeliveries } from '#schemas/topics'

const toldOf = (
  channel: NotificationDelivery['channel'],
  outcome: NotificationDelivery['outcome'],
) => [
  to(notificationDeliveries, {
    notification_id: '1',
    channel,
    template: 'export-ready',
    template_version: 1,
    outcome,
    code: null,
    message: null,
    attempts: 1,
    decided_at: '2026-01-15T10:00:00+01:00',
  }),
  to(endedNotifications, { notification_id: '1', outcome }),
]

describe('notifications', () => {
  it('are counted as they end, by channel and outcome', async () => {
    const metrics = newMetrics()
    const count = countNotifications(metrics)
    for (const emissions of [
      toldOf('Email', 'DELIVERED'),
      toldOf('Email', 'DELIVERED'),
      toldOf('Webhook', 'GIVEN_UP'),
      [],
    ]) {
      count({ unit: 'notification-sender', value: undefined, emissions })
    }
    const found = await metrics.registry.getSingleMetric('corrente_notifications_total')!.get()
    expect(found.values.map(({ labels, value }) => [labels, value])).toEqual([
      [{ channel: 'Email', outcome: 'DELIVERED' }, 2],
      [{ channel: 'Webhook', outcome: 'GIVEN_UP' }, 1],
    ])
  })
})
