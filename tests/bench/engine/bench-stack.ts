import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type kafkajs from 'kafkajs'
import { adminClient } from '#apps/platform/admin'
import { registerSchemas } from '#apps/platform/contracts'
import { applyTopics } from '#apps/platform/topics'
import { cacheDir } from '#compose/embedded/cache'
import { tryLock } from '#compose/embedded/lock'
import { startStack, stopStack } from '#compose/embedded/stack'
import type { KafkaSettings } from '#core/kafka'
import type { Unit } from '#core/processor'
import { schemaSource, type SchemaSource } from '#core/registry'
import { topicPlan } from '#core/topic-plan'
import { engineTopicsOf } from '#core/unit-topics'
import { codecOf } from '#schemas/codec'
import { units as unitStarts } from '#schemas/engine/units'
import type { AnyTopic } from '#schemas/topic'
import { eventsTopic, rowsTopic } from '#tests/bench/engine/bench-units'
import { removeLeftovers } from '#tests/bench/engine/leftovers'
import { freePortBase } from '#tests/free-ports'
import { restartBroker } from '#tests/soak/kill-broker'

/** A schema under the id the registry gave it. */
export interface Registered {
  readonly id: number
  readonly schema: object
}

/** The bench's own broker and registry; loads lie on it from one bench to the next. */
export interface BenchStack {
  readonly kafka: KafkaSettings
  readonly portBase: number
  readonly registryUrl: string
  readonly registry: SchemaSource
  /** The independent client: topics, offsets, checks. */
  readonly client: kafkajs.Kafka
  readonly event: Registered
  readonly row: Registered
  /** Folder that is the bench's own; it lives in the cache. */
  readonly folder: string
  /** Where the engine's units keep their rows; empty when the bench begins. */
  readonly stateDirectory: string
  readonly report: (line: string) => void
  readonly signal: AbortSignal
  /** Creates the topics with their schemas, and the dead letters of the units. */
  apply(topics: readonly AnyTopic[], units: readonly Unit[]): Promise<void>
  /** Ends the broker by SIGTERM and starts it again; resolves once it answers. */
  restartBroker(): Promise<void>
  close(): Promise<void>
}

/** Changes whenever a load that lies in the cache no longer is what the bench would make. */
const loadsVersion = 1

interface Options {
  /** Whose folder, and whose turn, it is. */
  readonly bench: string
  readonly report: (line: string) => void
  readonly signal: AbortSignal
}

/** Starts it, free of what an earlier bench left but for its loads. Throws a sentence where another bench runs. */
export async function openBenchStack({ bench, report, signal }: Options): Promise<BenchStack> {
  const folder = join(cacheDir(), `bench-${bench}-${loadsVersion}`)
  const lock = await tryLock(`${folder}.lock`)
  if (!lock) throw new Error(`another bench of ${bench} is running: wait for it, or stop it`)
  const stop = async () => {
    await stopStack(folder, report)
    await lock.release()
  }
  try {
    // One that was killed left its stack running, on other ports.
    await stopStack(folder, report)
    const stateDirectory = join(folder, 'state')
    await rm(stateDirectory, { recursive: true, force: true })
    const portBase = await freePortBase()
    const start = () => startStack({ dataDir: folder, portBase, profile: 'test', report, signal })
    const started = await start()
    const { brokers, registryUrl } = started
    const kafka = { brokers }
    await removeLeftovers(kafka, registryUrl)
    const registry = schemaSource({ url: registryUrl })
    const apply = async (topics: readonly AnyTopic[], units: readonly Unit[]) => {
      await registerSchemas(registry, [...topics, ...units.flatMap(engineTopicsOf)])
      await applyTopics(kafka, topicPlan(topics, units))
    }
    await apply([unitStarts], [])
    const [event, row] = await Promise.all(
      [eventsTopic('load'), rowsTopic('load-rows')].map((topic) => registered(registry, topic)),
    )
    return {
      kafka,
      portBase,
      registryUrl,
      registry,
      client: adminClient(kafka),
      event: event!,
      row: row!,
      folder,
      stateDirectory,
      report,
      signal,
      apply,
      restartBroker: () => restartBroker(folder, start, 'SIGTERM'),
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function registered(registry: SchemaSource, topic: AnyTopic): Promise<Registered> {
  const [found] = await registerSchemas(registry, [topic])
  return { id: found!.id, schema: codecOf(topic.schema).schema }
}
