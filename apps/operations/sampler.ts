import type { Admin } from 'kafkajs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Samples, sampleEveryMs } from '#apps/operations/samples'
import { adminClient } from '#apps/platform/admin'
import { within } from '#apps/platform/deadline'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import { unitLags } from '#apps/platform/inspection/unit-lags'
import type { Unit } from '#core/processor'
import type { TopicPartition } from '#core/records'
import type { OffsetSource } from '#core/offset-source'

/** Looks at the log again and again. */
export interface Sampler {
  readonly samples: Samples
  /** Why the last look failed. */
  problem(): string | undefined
  close(): Promise<void>
}

interface Sampling {
  readonly units: readonly Unit[]
  /** Topics whose ends are noted. */
  readonly topics: readonly string[]
}

const answerMsMax = 10_000
/** Partition counts are asked for again after so long, milliseconds. */
const partitionsMsMax = 60_000

/** Starts looking, at once and then every 5 s. */
export function startSampler(access: LogAccess, sampling: Sampling): Sampler {
  const log = { ...access, offsets: rememberingPartitions(access.offsets) }
  const samples = new Samples()
  const closing = new AbortController()
  const { signal } = closing
  let problem: string | undefined
  const run = async () => {
    let admin: Admin | undefined
    while (!signal.aborted) {
      try {
        admin ??= await connected(log)
        const late = () => new Error(`no answer within ${answerMsMax / 1_000} s`)
        samples.add(await within(answerMsMax, sampleOf(log, admin, sampling), late))
        problem = undefined
      } catch (error) {
        problem = `Kafka at ${log.kafka.brokers} cannot be asked: ${(error as Error).message}`
        await admin?.disconnect().catch(() => undefined)
        admin = undefined
      }
      await sleep(sampleEveryMs, undefined, { signal }).catch(() => undefined)
    }
    await admin?.disconnect()
  }
  const running = run()
  return {
    samples,
    problem: () => problem,
    async close() {
      closing.abort()
      await running
    },
  }
}

/** The same answers, partition numbers from memory: there are dozens of topics, and they hardly ever change. */
function rememberingPartitions(offsets: OffsetSource): OffsetSource {
  const known = new Map<string, { readonly numbers: readonly number[]; readonly untilMs: number }>()
  const partitionsOf = async (topic: string) => {
    const found = known.get(topic)
    if (found && performance.now() < found.untilMs) return found.numbers
    const numbers = await offsets.partitionsOf(topic)
    if (numbers) known.set(topic, { numbers, untilMs: performance.now() + partitionsMsMax })
    return numbers
  }
  return { ...offsets, partitionsOf }
}

async function connected({ kafka }: LogAccess): Promise<Admin> {
  const admin = adminClient(kafka).admin()
  await admin.connect()
  return admin
}

async function sampleOf(log: LogAccess, admin: Admin, { units, topics }: Sampling) {
  const partitions = await Promise.all(topics.map((topic) => partitionsIn(log, topic)))
  const lags = await unitLags(log, admin, units)
  return { atMs: Date.now(), units: lags, ends: await endsOf(log, partitions.flat()) }
}

async function endsOf({ offsets }: LogAccess, partitions: readonly TopicPartition[]) {
  const ends = new Map<string, number>()
  for (const { topic, offset } of await offsets.ends(partitions)) {
    ends.set(topic, (ends.get(topic) ?? 0) + offset)
  }
  return ends
}
