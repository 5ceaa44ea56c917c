import type { Admin } from 'kafkajs'
import { withAdmin } from '#apps/platform/admin'
import type { KafkaSettings } from '#core/kafka'

/** Names of what stays from one bench to the next begin so. */
export const keptPrefix = 'load-'

const isLeft = (name: string): boolean => !name.startsWith(keptPrefix) && !name.startsWith('__')

/** Removes the topics, groups and subjects that earlier benches made, but for their loads. */
export async function removeLeftovers(kafka: KafkaSettings, registryUrl: string): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    const topics = (await admin.listTopics()).filter(isLeft)
    // One that was removed a moment ago may still be listed.
    if (topics.length > 0) await admin.deleteTopics({ topics }).catch(unlessUnknown)
    // Not yet while the broker loads its groups or one's member was killed a moment ago: then the next bench does it.
    await removeGroups(admin).catch(() => undefined)
  })
  const subjects = (await answered(`${registryUrl}/subjects`)) as readonly string[]
  for (const subject of subjects.filter(isLeft)) {
    const url = `${registryUrl}/subjects/${encodeURIComponent(subject)}`
    await answered(url, { method: 'DELETE' })
    await answered(`${url}?permanent=true`, { method: 'DELETE' })
  }
}

function unlessUnknown(error: unknown): void {
  const { cause = error } = error as Error
  const { type } = cause as { readonly type?: string }
  if (type !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error
}

/** Throws while the broker loads its groups or one's member was killed a moment ago. */
export async function removeGroups(admin: Admin): Promise<void> {
  const { groups } = await admin.listGroups()
  if (groups.length > 0) await admin.deleteGroups(groups.map(({ groupId }) => groupId))
}

async function answered(url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) })
  if (!answer.ok) throw new Error(`the registry of the bench answers ${answer.status} to ${url}`)
  return answer.json()
}
