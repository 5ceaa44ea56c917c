import { within } from '#apps/platform/deadline'

/** Longest wait of a status for Kafka, milliseconds. */
const answerMsMax = 2_000

/**
 * What a status says of Kafka: the sentences that come of the question, or one that names the brokers where they
 * do not answer it in time. Callers share the question under way, even one they have waited too long for: a
 * broker that is silent is not asked again and again.
 */
export function kafkaProblems(
  brokers: string,
  ask: () => Promise<readonly string[]>,
): () => Promise<readonly string[]> {
  let asking: Promise<readonly string[]> | undefined
  return async () => {
    asking ??= (async () => ask())().finally(() => {
      asking = undefined
    })
    const late = () => new Error(`no answer within ${answerMsMax / 1_000} s`)
    try {
      return await within(answerMsMax, asking, late)
    } catch (error) {
      return [`Kafka at ${brokers} cannot be asked: ${(error as Error).message}`]
    }
  }
}
