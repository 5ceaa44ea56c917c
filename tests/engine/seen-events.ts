import { type Scene, type Seen, seen } from '#tests/engine/scene'
import { codecOf } from '#schemas/codec'
import type { PaymentAnomaly } from '#schemas/generated/types'

/** A committed event and where it was found. */
export interface SeenEvent extends Seen {
  readonly event: PaymentAnomaly
}

/** Plain avsc, not the engine: the events of a topic once there are enough, in order within each partition. */
export async function seenEvents(
  scene: Scene,
  topic: 'input' | 'output',
  enough: number,
  options = {},
): Promise<readonly SeenEvent[]> {
  const { name, schema } = scene.topics[topic]
  const { type } = codecOf(schema)
  return (await seen(scene, name, enough, options)).map((record) => ({
    ...record,
    event: type.fromBuffer(record.bytes!.subarray(5)) as PaymentAnomaly,
  }))
}
