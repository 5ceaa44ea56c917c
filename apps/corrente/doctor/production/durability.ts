import kafkajs, { type Admin } from 'kafkajs'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { PlannedTopic } from '#core/topic-plan'

const { ok, advice, warning, problem } = findingsOf('durability')

/** Fewer copies, and what one broker loses is lost. */
const copiesMin = 3
const inSyncMin = 2

/** A topic as the brokers keep it. */
export interface KeptTopic {
  readonly name: string
  /** Of the partition that has fewest: copies there ought to be, and those that have everything. */
  readonly copies: number
  readonly inSync: number
  readonly settings: ReadonlyMap<string, string>
}

/** Our topics and Kafka's own two that hold where units stand. Those that are missing are told elsewhere. */
export async function keptTopics(
  admin: Admin,
  names: readonly string[],
): Promise<readonly KeptTopic[]> {
  const existing = new Set(await admin.listTopics())
  const present = names.filter((name) => existing.has(name))
  if (present.length === 0) return []
  const { topics } = await admin.fetchTopicMetadata({ topics: [...present] })
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: present.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  })
  const settingsOf = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  )
  return topics.map(({ name, partitions }) => ({
    name,
    copies: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    inSync: Math.min(...partitions.map(({ isr }) => isr.length)),
    settings: settingsOf.get(name) ?? new Map<string, string>(),
  }))
}

/** Kafka's own: where each group stands, and which transaction is open. */
export const bookkeeping: readonly string[] = ['__consumer_offsets', '__transaction_state']

/** Whether a broker may be lost: copies, how many of them must have a record, and that none that has not leads. */
export function durabilityFindings(topics: readonly KeptTopic[]): readonly Finding[] {
  const minOf = ({ settings }: KeptTopic) => Number(settings.get('min.insync.replicas') ?? 1)
  const single = topics.filter(({ copies }) => copies < copiesMin)
  const thin = topics.filter((topic) => topic.copies >= copiesMin && minOf(topic) < inSyncMin)
  const stiff = topics.filter((topic) => topic.copies > 1 && minOf(topic) >= topic.copies)
  const behind = topics.filter((topic) => topic.inSync < Math.min(topic.copies, minOf(topic)))
  const unclean = topics.filter(
    ({ settings }) => settings.get('unclean.leader.election.enable') === 'true',
  )
  const found = [
    single.length > 0 &&
      warning(
        `${named(single)} ${has(single)} fewer than ${copiesMin} copies: what a broker loses is lost; set ` +
          'default.replication.factor before topics are made, and kafka-reassign-partitions for those there are',
      ),
    thin.length > 0 &&
      warning(
        `min.insync.replicas of ${named(thin)} is below ${inSyncMin}: a record is taken that one broker alone has; ` +
          'set it to 2 on the brokers, or on the topics',
      ),
    stiff.length > 0 &&
      advice(
        `min.insync.replicas of ${named(stiff)} is as many as there are copies: nothing is written while one broker is away`,
      ),
    behind.length > 0 &&
      problem(
        `${named(behind)} ${has(behind)} too few brokers in sync to be written to: look after the brokers`,
      ),
    unclean.length > 0 &&
      warning(
        `unclean.leader.election.enable is true for ${named(unclean)}: a broker that lacks records may lead, ` +
          'and they are lost; set it to false',
      ),
  ].filter((finding) => finding !== false)
  if (topics.length === 0) return []
  return found.length > 0 ? found : [ok(`all ${topics.length} topics outlive the loss of a broker`)]
}

const has = (topics: readonly KeptTopic[]) => (topics.length === 1 ? 'has' : 'have')

const namesShown = 3
const named = (topics: readonly KeptTopic[]): string => {
  const names = topics.map(({ name }) => name)
  const more = names.length - namesShown
  return names.slice(0, namesShown).join(', ') + (more > 0 ? ` and ${more} more topics` : '')
}

/** Topics of an outside contract, which nobody mends: kept for ever, never compacted, and large enough. */
export function sharedFindings(
  plan: readonly PlannedTopic[],
  topics: readonly KeptTopic[],
): readonly Finding[] {
  const shared = plan.filter(({ kind }) => kind === 'shared')
  return shared.flatMap(({ name, config }) => {
    const settings = topics.find((topic) => topic.name === name)?.settings
    if (!settings) return []
    const differing = (setting: string) =>
      settings.has(setting) && settings.get(setting) !== config[setting]
    const bytes = Number(settings.get('max.message.bytes') ?? Infinity)
    return [
      differing('cleanup.policy') &&
        problem(
          `${name}: cleanup.policy is ${settings.get('cleanup.policy')}: records that others need go away; set it to delete`,
        ),
      differing('retention.ms') &&
        warning(
          `${name}: retention.ms is ${settings.get('retention.ms')}: what is older cannot be read again, by a new unit or ` +
            'after a loss; set it to -1, or archive the topic',
        ),
      bytes < Number(config['max.message.bytes']) &&
        warning(
          `${name}: max.message.bytes is ${bytes}: units may write ${config['max.message.bytes']}; raise it`,
        ),
      differing('message.timestamp.type') &&
        advice(
          `${name}: message.timestamp.type is ${settings.get('message.timestamp.type')}: a unit's clock is then the ` +
            'clock of whoever wrote the record',
        ),
    ].filter((finding) => finding !== false)
  })
}
