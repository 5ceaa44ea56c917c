import type { ITopicConfig } from 'kafkajs'
import { withAdmin } from '#apps/platform/admin'
import { onceServed } from '#apps/platform/once-served'
import type { KafkaSettings } from '#core/kafka'

/**
 * Creates topics and resolves once the broker serves them: then they can be written to and read at once. What exists
 * already is passed over. A client of its own does it: one that remembers a topic of which the broker knows nothing any
 * more can create none.
 */
export const createTopics = (
  kafka: KafkaSettings,
  topics: readonly ITopicConfig[],
): Promise<void> =>
  withAdmin(kafka, async (admin) => {
    // The client's own waiting for leaders fails where the broker has not heard of the topic yet.
    await admin.createTopics({ waitForLeaders: false, topics: [...topics] })
    for (const { topic } of topics) await onceServed(() => admin.fetchTopicOffsets(topic))
  })
