import { codecOf } from '#schemas/codec'
import type { PaymentAnomaly } from '#schemas/generated/types'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { partitions } from '#tests/bench/engine/bench-units'
import { openWatcher, type Watcher } from '#tests/bench/watcher'

const registryBytes = 5
const events = codecOf('corrente.payments.PaymentAnomaly').type

/** Watches events of the bench, from the beginning of the topic. */
export const watchEvents = (
  { kafka }: BenchStack,
  topic: string,
  onEvent: (event: PaymentAnomaly, atMs: number) => void,
): Promise<Watcher> =>
  openWatcher(kafka, { name: topic, partitions }, ({ value }, atMs) =>
    onEvent(events.fromBuffer(value!.subarray(registryBytes)) as PaymentAnomaly, atMs),
  )
