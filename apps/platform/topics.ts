import kafkajs, { type Admin, type ConfigEntries } from 'kafkajs'
import { withAdmin } from '#apps/platform/admin'
import { createTopics } from '#apps/platform/create-topics'
import { onceServed } from '#apps/platform/once-served'
import type { KafkaSettings } from '#core/kafka'
import type { PlannedTopic } from '#core/topic-plan'

/** One difference between the plan and the broker. `isMended`: apply changes it. */
export interface TopicDifference {
  readonly topic: string
  readonly difference: string
  readonly isMended: boolean
  /** The topic is not there. */
  readonly isMissing?: true
}

interface Found {
  readonly partitions: number
  /** What holds, wherever it was said. */
  readonly config: ReadonlyMap<string, string>
  /** What was said for this topic alone, by an earlier apply or by somebody else. */
  readonly own: ReadonlyMap<string, string>
}

const configOf = (entries: readonly ConfigEntries[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ configName, configValue }) => [configName, configValue]))

const isOwn = ({ configSource, readOnly }: ConfigEntries) =>
  configSource === kafkajs.ConfigSource.TOPIC_CONFIG && !readOnly

async function findTopics(admin: Admin, names: readonly string[]): Promise<Map<string, Found>> {
  const existing = new Set(await admin.listTopics())
  const present = names.filter((name) => existing.has(name))
  if (present.length === 0) return new Map()
  const { topics } = await admin.fetchTopicMetadata({ topics: present })
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: present.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  })
  const entriesOf = new Map(
    resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]),
  )
  return new Map(
    topics.map(({ name, partitions }) => {
      const entries = entriesOf.get(name) ?? []
      const own = configOf(entries.filter(isOwn))
      return [name, { partitions: partitions.length, config: configOf(entries), own }]
    }),
  )
}

const wantedPartitions = (
  { partitions }: PlannedTopic,
  plan: readonly PlannedTopic[],
  found: ReadonlyMap<string, Found>,
): number => {
  if (typeof partitions === 'number') return partitions
  const source = plan.find(({ name }) => name === partitions.as)
  const actual = found.get(partitions.as)?.partitions
  return actual ?? (source ? wantedPartitions(source, plan, found) : 1)
}

const missingTopic = 'missing'

function differencesOf(plan: readonly PlannedTopic[], found: ReadonlyMap<string, Found>) {
  return plan.flatMap((wanted): TopicDifference[] => {
    const topic = wanted.name
    const actual = found.get(topic)
    if (!actual) return [{ topic, difference: missingTopic, isMended: true, isMissing: true }]
    // A shared topic belongs to its contract: seen, never altered.
    if (wanted.kind === 'shared') return []
    const count = wantedPartitions(wanted, plan, found)
    const partitions: TopicDifference[] =
      actual.partitions === count
        ? []
        : [
            {
              topic,
              difference: `has ${actual.partitions} partitions, wanted ${count}`,
              isMended: false,
            },
          ]
    const config = Object.entries(wanted.config)
      .filter(([name, value]) => actual.config.get(name) !== value)
      .map(([name, value]) => ({
        topic,
        difference: `${name} is ${actual.config.get(name) ?? 'unset'}, wanted ${value}`,
        isMended: true,
      }))
    return [...partitions, ...config]
  })
}

/** What differs between the plan and the broker; changes nothing. */
export const diffTopics = (kafka: KafkaSettings, plan: readonly PlannedTopic[]) =>
  withAdmin(kafka, async (admin) =>
    differencesOf(
      plan,
      await findTopics(
        admin,
        plan.map(({ name }) => name),
      ),
    ),
  )

/**
 * Creates what is missing and mends the configuration of our own topics; what else was set on them stays.
 * Idempotent. The only creator of topics.
 */
export async function applyTopics(
  kafka: KafkaSettings,
  plan: readonly PlannedTopic[],
): Promise<readonly TopicDifference[]> {
  let mended: readonly TopicDifference[] | undefined
  return onceServed(() => applyOnce(kafka, plan, (found) => (mended ??= found)))
}

const entriesFrom = (config: PlannedTopic['config']) =>
  Object.entries(config).map(([name, value]) => ({ name, value }))

const applyOnce = (
  kafka: KafkaSettings,
  plan: readonly PlannedTopic[],
  onFound: (differences: readonly TopicDifference[]) => readonly TopicDifference[],
) =>
  withAdmin(kafka, async (admin) => {
    const found = await findTopics(
      admin,
      plan.map(({ name }) => name),
    )
    const differences = onFound(differencesOf(plan, found))
    const missing = plan.filter(({ name }) => !found.has(name))
    if (missing.length > 0) {
      const wanted = missing.map((topic) => ({
        topic: topic.name,
        numPartitions: wantedPartitions(topic, plan, found),
        replicationFactor: -1,
        configEntries: entriesFrom(topic.config),
      }))
      await createTopics(kafka, wanted)
    }
    const changed = plan.filter(({ name, kind }) => {
      const isDifferent = differences.some((d) => d.topic === name && d.isMended)
      return kind !== 'shared' && found.has(name) && isDifferent
    })
    if (changed.length > 0) {
      await admin.alterConfigs({
        validateOnly: false,
        // The request takes away whatever it does not name, an operator's settings too.
        resources: changed.map(({ name, config }) => ({
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name,
          configEntries: entriesFrom({ ...Object.fromEntries(found.get(name)!.own), ...config }),
        })),
      })
    }
    return differences
  })
