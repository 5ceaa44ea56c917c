import { setTimeout as sleep } from 'node:timers/promises'

/** Longest that a broker may take to serve what it has created, milliseconds. */
const servedMsMax = 60_000
const pauseMs = 300

/** What a broker says of a topic that another one, or it itself a moment ago, has told of. */
const earlyTypes: readonly unknown[] = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
]

/** An error of kafkajs; where it has given up trying again, the cause is the broker's own. */
function isEarly(error: unknown): boolean {
  const { type, cause } = error as { readonly type?: string; readonly cause?: unknown }
  return earlyTypes.includes(type) || (cause instanceof Error && isEarly(cause))
}

/**
 * Does the work again for as long as it fails because a broker does not serve a topic yet: it tells of a topic a moment
 * before it serves it, and the client for topics gives up on that answer.
 */
export async function onceServed<T>(work: () => Promise<T>, msMax = servedMsMax): Promise<T> {
  const deadline = performance.now() + msMax
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isEarly(error) || performance.now() > deadline) throw error
      await sleep(pauseMs)
    }
  }
}
