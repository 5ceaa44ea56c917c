import { setTimeout as sleep } from 'node:timers/promises'
import { readable } from '#core/await-registry'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import type { OffsetSource } from '#core/offset-source'
import { behind, type InputRecord, placeText, type Position, runsOf } from '#core/records'
import { openTopicReader } from '#core/topic-reader'
import type { Wire } from '#core/wire'
import type { DebitDecided } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'

interface ReadingOptions {
  readonly kafka: KafkaSettings
  readonly offsets: Pick<OffsetSource, 'ends'>
  readonly wire: Wire
  readonly log: Pick<Log, 'error'>
  readonly topic: AnyTopic
  readonly partitions: readonly number[]
  /** Told of decisions as they are committed, in order within a partition. */
  readonly onDecided: (decided: readonly DebitDecided[]) => void
  /** How the topic is read; a test may read it from elsewhere than Kafka. */
  readonly openReader?: typeof openTopicReader
  /** Pause before reading begins anew where it broke, milliseconds. */
  readonly pauseMs?: number
}

/** The decisions of all partitions, as they come. */
export interface Decisions {
  /** Sentences about what keeps decisions from being read; none where all is well. */
  problems(): readonly string[]
  close(): Promise<void>
}

/**
 * Reads decisions from the end of their topic on, committed ones only and in no group: each edge reads all, for itself.
 * Resolves once nothing that is decided from now on can be missed. Reading that breaks begins again where it was.
 */
export async function readDecisions(options: ReadingOptions): Promise<Decisions> {
  const { kafka, offsets, topic, partitions, openReader = openTopicReader, pauseMs = 500 } = options
  const ends = await offsets.ends(partitions.map((partition) => ({ topic: topic.name, partition })))
  const next = new Map(ends.map((end) => [placeText(end), end]))
  const closing = new AbortController()
  const { signal } = closing
  let problem: string | undefined

  const onRecords = async (records: readonly InputRecord[]) => {
    const onWaiting = (reason: string | undefined) => void (problem = reason)
    await readable(options.wire, records, { signal, onWaiting })
    options.onDecided(records.flatMap((record) => decidedIn(record, options)))
    for (const run of runsOf(records)) next.set(placeText(run[0]), behind(run))
  }
  const open = () => openReader(kafka, { beginnings: [...next.values()], onRecords })
  let reader = await open()
  const reading = (async () => {
    while (!signal.aborted) {
      try {
        // No end is as far as this: it settles when reading breaks.
        await reader.reached([...next.values()].map(farAway))
      } catch (error) {
        problem = `decisions are not read: ${(error as Error).message}`
      }
      if (signal.aborted) break
      await sleep(pauseMs)
      await reader.close()
      const fresh = await open().catch(() => undefined)
      if (!fresh) continue
      reader = fresh
      problem = undefined
    }
  })()
  return {
    problems: () => (problem === undefined ? [] : [problem]),
    async close() {
      closing.abort()
      await reader.close()
      await reading
      await reader.close()
    },
  }
}

const farAway = (position: Position): Position => ({ ...position, offset: Infinity })

function decidedIn(record: InputRecord, options: ReadingOptions): readonly DebitDecided[] {
  const { wire, topic, log } = options
  const { key, value, partition, offset } = record
  try {
    const decoded = wire.decode(topic, value, key)
    return decoded.kind === 'value' ? [decoded.value as DebitDecided] : []
  } catch (error) {
    const reason = (error as Error).name
    log.error({ topic: topic.name, partition, offset, reason }, 'a decision cannot be read')
    return []
  }
}
