import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type kafkajs from 'kafkajs'
import { adminClient } from '#apps/platform/admin'
import { registerSchemas } from '#apps/platform/contracts'
import { applyTopics } from '#apps/platform/topics'
import { startStack, stopStack } from '#compose/embedded/stack'
import type { KafkaSettings } from '#core/kafka'
import { schemaSource, type SchemaSource } from '#core/registry'
import { topicPlan } from '#core/topic-plan'
import { engineTopicsOf } from '#core/unit-topics'
import { units as unitStarts } from '#schemas/engine/units'
import { switchableProxy } from '#tests/engine/switchable-proxy'
import { declaredTopics, soakUnit, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { undecidedIn } from '#tests/soak/engine/undecided'
import { restartBroker } from '#tests/soak/kill-broker'
import { freePortBase } from '#tests/free-ports'

/** A broker and a registry of the soak's own, and what can be done to them. */
export interface SoakStack {
  readonly kafka: KafkaSettings
  readonly registry: SchemaSource
  readonly registryUrl: string
  /** The registry as the workers reach it: it can be switched off. */
  readonly workersRegistryUrl: string
  /** The independent client: topics, offsets, checks. */
  readonly client: kafkajs.Kafka
  /** Where the scenarios keep what they keep on the disk. */
  readonly folder: string
  readonly report: (line: string) => void
  readonly signal: AbortSignal
  /** Creates the topics of the units with their schemas; answers the id of the events' schema. */
  apply(units: readonly UnitSpec[]): Promise<number>
  /** Kills the broker with -9 and starts it again; resolves once it answers. */
  restartBroker(): Promise<void>
  /** Ends the broker in order and starts it again. */
  startBrokerAnew(): Promise<void>
  /** Whether the broker, while it started, took the committed offsets of an overtaken reading for all there are. */
  hasForgottenOffsets(): boolean
  /** How often the broker took the partitions of an open transaction for deleted, and ended it without its markers. */
  skippedMarkers(): number
  /** Which records of the topic the broker then left undecided, until a later transaction made them final. */
  undecidedIn(topic: string): (partition: number, offset: number) => boolean
  /** Starts again what does not run: a scenario that broke may have left it so. */
  revive(): Promise<void>
  switchRegistry(isOn: boolean): void
  close(): Promise<void>
}

interface Options {
  readonly dataDir: string
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

const noEffect = async () => undefined

export async function openSoakStack({ dataDir, report, signal }: Options): Promise<SoakStack> {
  const options = { dataDir, portBase: await freePortBase(), profile: 'test', report } as const
  const started = await startStack({ ...options, signal })
  const stop = () => stopStack(dataDir, report)
  const told = (words: string) =>
    readFileSync(join(dataDir, 'logs', 'kafka.log'), 'utf8').split(words).length - 1
  try {
    const { brokers, registryUrl } = started
    const kafka = { brokers }
    const registry = schemaSource({ url: registryUrl })
    const { port, pathname } = new URL(registryUrl)
    const proxy = await switchableProxy(Number(port))
    const folder = join(dataDir, 'soak')
    mkdirSync(folder)
    await registerSchemas(registry, [unitStarts])
    await applyTopics(kafka, topicPlan([unitStarts], []))
    return {
      kafka,
      registry,
      registryUrl,
      workersRegistryUrl: `http://127.0.0.1:${proxy.port}${pathname}`,
      client: adminClient(kafka),
      folder,
      report,
      signal,
      async apply(specs) {
        const units = specs.map((spec) => soakUnit(spec, noEffect))
        const topics = specs.flatMap(declaredTopics)
        const registered = await registerSchemas(registry, [
          ...topics,
          ...units.flatMap(engineTopicsOf),
        ])
        await applyTopics(kafka, topicPlan(topics, units))
        const subject = `${topicsOf(specs[0]!).input.name}-value`
        return registered.find((found) => found.subject === subject)!.id
      },
      restartBroker: () => restartBroker(dataDir, () => startStack(options)),
      startBrokerAnew: () => restartBroker(dataDir, () => startStack(options), 'SIGTERM'),
      hasForgottenOffsets: () => told('Ignored load completion from __consumer_offsets') > 0,
      skippedMarkers: () => told('likely deleted already'),
      undecidedIn: (topic) => undecidedIn(dataDir, topic),
      async revive() {
        proxy.switch(true)
        await startStack(options)
      },
      switchRegistry: (isOn) => proxy.switch(isOn),
      async close() {
        proxy.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
