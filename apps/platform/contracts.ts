import { applyTopics, type TopicDifference } from '#apps/platform/topics'
import type { PlatformSettings } from '#apps/platform/settings'
import type { SchemaSource } from '#core/registry'
import { type PlannedTopic, topicPlan } from '#core/topic-plan'
import type { Unit } from '#core/processor'
import { engineTopicsOf } from '#core/unit-topics'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'
import * as topicsByName from '#schemas/topics'

/** Every declared topic. */
export const allTopics: readonly AnyTopic[] = Object.values(topicsByName)

/** Every topic whose schema is registered: the declared ones, and those the engine keeps for each unit. */
export const registeredTopics = (units: readonly Unit[]): readonly AnyTopic[] => [
  ...allTopics,
  ...units.flatMap(engineTopicsOf),
]

/** The topics of the platform as the broker should have them. */
export const platformPlan = (units: readonly Unit[]): PlannedTopic[] => topicPlan(allTopics, units)

/** Registers the schema of each topic under `<topic>-value`; idempotent. Throws naming the subject refused. */
export async function registerSchemas(
  registry: SchemaSource,
  topics: readonly AnyTopic[],
): Promise<readonly { readonly subject: string; readonly id: number }[]> {
  const registered = []
  for (const topic of topics) {
    const subject = `${topic.name}-value`
    try {
      registered.push({
        subject,
        id: await registry.register(subject, codecOf(topic.schema).schema),
      })
    } catch (error) {
      throw new Error(`${subject} was not registered: ${(error as Error).message}`)
    }
  }
  return registered
}

/** Topics and schemas as the platform needs them; what a first start and every test do. Idempotent. */
export async function applyContracts(
  { kafka, wire }: PlatformSettings,
  units: readonly Unit[],
): Promise<readonly TopicDifference[]> {
  const mended = await applyTopics(kafka, platformPlan(units))
  if (wire.format === 'avro') {
    const written = registeredTopics(units).filter(({ name }) => !wire.jsonTopics.includes(name))
    await registerSchemas(wire.registry, written)
  }
  return mended
}
