import { withAdmin } from '#apps/platform/admin'
import type { KafkaSettings } from '#core/kafka'

/** Asks a broker for the id of its cluster, and remembers the answer. Throws while none answers. */
export function clusterOf(kafka: KafkaSettings): () => Promise<string> {
  let known: Promise<string> | undefined
  return async () => {
    known ??= withAdmin(kafka, async (admin) => (await admin.describeCluster()).clusterId)
    try {
      return await known
    } catch (error) {
      known = undefined
      throw error
    }
  }
}
