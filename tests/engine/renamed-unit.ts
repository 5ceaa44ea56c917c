import type { Processor } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** The same processor under a name and on topics of a test's own. */
export function renamed(unit: Processor, suffix: string): Processor {
  const nameOf = (name: string) => `${name}-${suffix}`
  const topicOf = (topic: AnyTopic, partitions = topic.partitions): AnyTopic => ({
    ...topic,
    name: nameOf(topic.name),
    partitions,
  })
  const { state } = unit
  return {
    ...unit,
    name: nameOf(unit.name),
    input: topicOf(unit.input, 1),
    outputs: unit.outputs.map((topic) => topicOf(topic)),
    ...(state ? { state: topicOf(state, 1) } : {}),
    handle: (value, context) =>
      unit
        .handle(value, context)
        .map((one) => ('topic' in one ? { ...one, topic: nameOf(one.topic) } : one)),
  }
}
