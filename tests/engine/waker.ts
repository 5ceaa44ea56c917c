import { defineProcessor, to, wakeAt } from '#core/processor'
import { topicsOf } from '#tests/engine/counter'
import type { PaymentAnomaly } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'

/** An event as a unit passes it on: the engine stamps it anew. */
export const unstamped = ({
  event_id: _,
  event_version: __,
  event_created_at: ___,
  app_id: ____,
  ...event
}: PaymentAnomaly): Unstamped<PaymentAnomaly> => event

/**
 * Passes on what it reads, with its time. An event of kind `wake` is passed on once the instant has come that its
 * `transaction_id` names, milliseconds since the epoch.
 */
export const wakerOf = (
  suffix: string,
  partitions: number,
  onRead: (kind: string, message: string) => void = () => undefined,
) => {
  const { input, output } = topicsOf(suffix, partitions)
  return defineProcessor({
    name: `waker-${suffix}`,
    input,
    outputs: [output],
    timers: true,
    handle(value, { now }) {
      const event = unstamped(value)
      onRead(event.kind, event.message)
      if (event.kind !== 'wake') return [to(output, { ...event, status: String(now.getTime()) })]
      return [wakeAt(new Date(Number(event.transaction_id)), { ...event, kind: 'woken' })]
    },
  })
}
