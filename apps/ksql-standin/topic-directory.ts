import { withAdmin } from '#apps/platform/admin'
import type { ListedTopic } from '#apps/ksql-standin/statements/entities'
import type { KafkaSettings } from '#core/kafka'

/** The topics of the cluster, without those that Kafka keeps for itself. */
export interface TopicDirectory {
  all(): Promise<readonly ListedTopic[]>
  /** Undefined where there is no such topic. */
  find(name: string): Promise<ListedTopic | undefined>
}

export const topicDirectory = (kafka: KafkaSettings): TopicDirectory => {
  const all = () =>
    withAdmin(kafka, async (admin): Promise<readonly ListedTopic[]> => {
      const { topics } = await admin.fetchTopicMetadata()
      return topics
        .filter(({ name }) => !name.startsWith('__'))
        .map(({ name, partitions }) => ({
          name,
          replicas: partitions.map(({ replicas }) => replicas.length),
        }))
        .sort((one, other) => (one.name < other.name ? -1 : 1))
    })
  return { all, find: async (name) => (await all()).find((topic) => topic.name === name) }
}
