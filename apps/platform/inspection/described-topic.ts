import { allTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { deadLetterTopic } from '#core/dead-letter'
import { parkedTopic, redriveTopic, timersTopic } from '#schemas/engine/unit-topics'
import type { AnyTopic } from '#schemas/topic'

/** How the records of a topic are read, by its name: of those that units have beside the declared ones, too. */
const described: ReadonlyMap<string, AnyTopic> = new Map([
  ...declaredUnits.flatMap(({ name, input }): readonly (readonly [string, AnyTopic])[] => [
    [deadLetterTopic(name), input],
    [redriveTopic(name), input],
    [parkedTopic(name).name, parkedTopic(name)],
    [timersTopic(name).name, timersTopic(name)],
  ]),
  ...allTopics.map((topic) => [topic.name, topic] as const),
])

/** The declaration by which records of a topic are decoded; undefined where the topic is none of ours. */
export const describedTopic = (name: string): AnyTopic | undefined => described.get(name)
