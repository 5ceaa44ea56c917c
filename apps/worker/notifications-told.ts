import { Counter } from 'prom-client'
import type { Metrics } from '#core/metrics'
import type { CommittedOutcome } from '#core/run-units'
import type { NotificationDelivery } from '#schemas/generated/types'
import { notificationDeliveries } from '#schemas/topics'

/** Counts what came of notifications, by channel: told of what was committed. */
export function countNotifications({
  registry,
}: Pick<Metrics, 'registry'>): (committed: CommittedOutcome) => void {
  const told = new Counter({
    name: 'corrente_notifications_total',
    help: 'Notifications that came to an end, by channel and outcome',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  })
  return ({ emissions }) => {
    for (const { topic, value } of emissions) {
      if (topic !== notificationDeliveries.name) continue
      const { channel, outcome } = value as NotificationDelivery
      told.inc({ channel, outcome })
    }
  }
}
