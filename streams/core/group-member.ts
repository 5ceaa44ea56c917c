import type { Rebalance } from '#core/in-hand'
import {
  type Consumer,
  disconnect,
  isFatalEvent,
  type KafkaError,
  type KafkaSettings,
  newConsumer,
} from '#core/kafka'

/** A static member of a consumer group. */
export interface GroupMember {
  readonly consumer: Consumer
  /** What the client announced and nobody has answered: whoever answers takes it out. */
  readonly rebalances: Rebalance[]
  close(): Promise<void>
}

const answerMs = 250

/**
 * Makes the member; it joins once its consumer is connected and subscribed. `onBrokerLost` is told of each connection to a
 * broker that breaks.
 *
 * A client that is closed asks for its partitions back and waits for the answer. Where a rebalance is under way it
 * announces that one, too, and does not wait: an answer may then meet a client that is being freed, never return, and
 * hold up the whole process. Nothing tells the two apart but time: a closing that waits for no answer is over at once.
 */
export function newGroupMember(
  kafka: KafkaSettings,
  names: { readonly group: string; readonly instance: string },
  onBrokerLost?: () => void,
): GroupMember {
  const rebalances: Rebalance[] = []
  let state: 'open' | 'closing' | 'closed' = 'open'
  const giveBack = () => {
    if (state === 'closed') return
    try {
      consumer.unassign()
    } catch {
      // It was closed meanwhile, or never connected.
    }
  }
  const consumer: Consumer = newConsumer(kafka, {
    ...names,
    onRebalance: (code, partitions) => {
      if (state === 'open') rebalances.push({ code, partitions })
      else setTimeout(giveBack, answerMs)
    },
  })
  consumer.on('event.error', (error: KafkaError) => {
    if (!isFatalEvent(error)) onBrokerLost?.()
  })
  return {
    consumer,
    rebalances,
    async close() {
      state = 'closing'
      // Nobody will answer these any more.
      if (rebalances.length > 0) giveBack()
      await disconnect(consumer)
      state = 'closed'
    },
  }
}
