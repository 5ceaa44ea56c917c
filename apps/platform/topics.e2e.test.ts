import { randomBytes } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, inject, it } from 'vitest'
import { withAdmin } from '#apps/platform/admin'
import { applyTopics, diffTopics } from '#apps/platform/topics'

const kafka = { brokers: inject('stack').brokers }
const type = kafkajs.ConfigResourceTypes.TOPIC
const planned = (config: Readonly<Record<string, string>>) => ({
  name: `planned-${randomBytes(4).toString('hex')}`,
  kind: 'events' as const,
  partitions: 1,
  config,
})

/** As an operator does with a tool of theirs: all that is to hold for the topic. */
const setByHand = (name: string, config: Readonly<Record<string, string>>) =>
  withAdmin(kafka, (admin) => {
    const configEntries = Object.entries(config).map(([key, value]) => ({ name: key, value }))
    return admin.alterConfigs({ validateOnly: false, resources: [{ type, name, configEntries }] })
  })

/** What was said for this topic alone. */
const ownConfig = (name: string) =>
  withAdmin(kafka, async (admin) => {
    const resources = [{ type, name }]
    const found = await admin.describeConfigs({ includeSynonyms: false, resources })
    const own = found.resources[0]!.configEntries.filter(
      ({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG,
    )
    return Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue]))
  })

describe('applying topics', () => {
  it('mends what the plan says and leaves what an operator has set beside it', async () => {
    const topic = planned({ 'retention.ms': '-1' })
    await applyTopics(kafka, [topic])
    await setByHand(topic.name, { 'retention.ms': '60000', 'min.insync.replicas': '2' })
    const difference = 'retention.ms is 60000, wanted -1'
    expect(await applyTopics(kafka, [topic])).toEqual([
      { topic: topic.name, difference, isMended: true },
    ])
    expect(await ownConfig(topic.name)).toEqual({
      'retention.ms': '-1',
      'min.insync.replicas': '2',
    })
    expect(await diffTopics(kafka, [topic])).toEqual([])
  })
})
