import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { strangersKafka } from '#tests/log-watch'
import { shortHoldMs } from '#tests/soak/debits/draw'
import type { DebitsInstallation } from '#tests/soak/debits/scene'
import { until } from '#tests/until'

const unit = 'debit-authoriser'
const topic = 'debits'
const msMax = 180_000
const pollMs = 500
/** As long as all is decided for, it is the end. */
const quietMs = 4_000

/** Waits until what was asked, given back and due is decided: nothing is to come any more. */
export async function settled({ stack, url }: DebitsInstallation): Promise<void> {
  const admin = strangersKafka(stack).admin()
  await admin.connect()
  try {
    await sleep(shortHoldMs)
    let sinceMs = Date.now()
    let place = ''
    const isQuiet = async () => {
      await sleep(pollMs)
      const { behind, ends } = await progress(admin)
      const isMoving = behind || ends !== place || (await givingBack(url)) > 0
      if (isMoving) sinceMs = Date.now()
      place = ends
      return Date.now() - sinceMs >= quietMs
    }
    const signal = AbortSignal.timeout(msMax)
    await until('all that was asked for is decided', isQuiet, { msMax, signal })
  } finally {
    await admin.disconnect()
  }
}

/** Whether something is not decided yet, and how far the topic goes. */
async function progress(admin: Admin) {
  const ends = await admin.fetchTopicOffsets(topic)
  const [found] = await admin.fetchOffsets({ groupId: unit, topics: [topic] })
  const committed = new Map(found!.partitions.map((one) => [one.partition, Number(one.offset)]))
  const isBehind = ({ partition, low, high }: (typeof ends)[number]) =>
    low !== high && (committed.get(partition) ?? 0) < Number(high)
  const text = ends.map(({ partition, high }) => `${partition}:${high}`).sort()
  return { behind: ends.some(isBehind), ends: text.join(' ') }
}

/** Late requests that the edge has not brought to the log yet. */
async function givingBack(url: string): Promise<number> {
  const answer = await fetch(`${url}/status`)
  const told = JSON.stringify(await answer.json())
  const [, count] = /"late_requests_to_give_back":(\d+)/.exec(told) ?? []
  if (count === undefined) throw new Error('the edge does not tell what it has to give back')
  return Number(count)
}
