import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import avsc from 'avsc'
import type { KafkaMessage } from 'kafkajs'
import type { SoakStack } from '#tests/soak/engine/soak-stack'

/** A record as the independent reader sees it: decoded by plain avsc with the schema the registry gives. */
export interface Seen {
  readonly partition: number
  readonly offset: number
  readonly key: string
  /** Null where the record removes a row. */
  readonly value: Readonly<Record<string, unknown>> | null
  /** When the broker wrote it, epoch milliseconds. */
  readonly at: number
}

interface Reading {
  /** How many records there must be; it reads on a little longer. */
  readonly count: number
  readonly isCommittedOnly?: boolean
  /** Whether the values are looked at; where they may be anything they are not. */
  readonly isDecoded?: boolean
  /** In the order of each partition. */
  readonly onRecord: (record: Seen) => void
}

const quietMs = 1_000
const idleMsMax = 15_000
const headerBytes = 5

/** Reads a topic whole with kafkajs; answers how many records there were. Throws where it cannot be read. */
export async function readTopic(
  { client, registryUrl }: Pick<SoakStack, 'client' | 'registryUrl'>,
  topic: string,
  { count, onRecord, isCommittedOnly = true, isDecoded = true }: Reading,
): Promise<number> {
  const types = new Map<number, avsc.Type>()
  const decode = async (bytes: Buffer) => {
    const id = bytes.readUInt32BE(1)
    const type = types.get(id) ?? (await typeOf(registryUrl, id))
    types.set(id, type)
    return type.fromBuffer(bytes.subarray(headerBytes)) as Seen['value']
  }
  const consumer = client.consumer({
    groupId: `soak-checker-${randomUUID()}`,
    readUncommitted: !isCommittedOnly,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 4_194_304,
  })
  let [found, lastAtMs] = [0, performance.now()]
  let failure: Error | undefined
  const take = async (partition: number, { offset, key, value, timestamp }: KafkaMessage) =>
    onRecord({
      partition,
      offset: Number(offset),
      key: String(key),
      value: value && isDecoded ? await decode(value) : null,
      at: Number(timestamp),
    })
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { messages, partition } }) => {
        try {
          for (const message of messages) await take(partition, message)
        } catch (error) {
          // Thrown here the client would take it for a broken connection, and read the batch again.
          failure ??= error as Error
        }
        found += messages.length
        lastAtMs = performance.now()
      },
    })
    const idleMs = () => performance.now() - lastAtMs
    while (!failure && idleMs() < (found < count ? idleMsMax : quietMs)) await sleep(20)
  } finally {
    await consumer.disconnect()
  }
  if (failure) throw failure
  return found
}

async function typeOf(registryUrl: string, id: number): Promise<avsc.Type> {
  const answer = await fetch(`${registryUrl}/schemas/ids/${id}`, {
    signal: AbortSignal.timeout(5_000),
  })
  if (!answer.ok) throw new Error(`the registry answers ${answer.status} for schema ${id}`)
  const { schema } = (await answer.json()) as { schema: string }
  return avsc.Type.forSchema(JSON.parse(schema) as avsc.Schema)
}
