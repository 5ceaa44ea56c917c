import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { allTopics } from '#apps/platform/contracts'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'

const { ok, problem } = findingsOf('clocks')

/** Clocks may differ by so much, milliseconds: an HTTP date has whole seconds. */
const skewMsMax = 3_000

/** Compares the date a server sends with ours; nothing where it sends none. */
export async function checkServerClock(name: string, url: string): Promise<readonly Finding[]> {
  const askedMs = Date.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined)
  await response?.body?.cancel()
  const date = response?.headers.get('date')
  return date ? [clockFinding(name, Date.parse(date), (askedMs + Date.now()) / 2)] : []
}

export function clockFinding(name: string, theirsMs: number, oursMs: number): Finding {
  // The date was cut to a second.
  const skewMs = theirsMs + 500 - oursMs
  if (Math.abs(skewMs) <= skewMsMax)
    return ok(`the clock of ${name} is ours within ${skewMsMax / 1_000} s`)
  const seconds = Math.round(Math.abs(skewMs) / 1_000)
  const way = skewMs > 0 ? 'ahead of' : 'behind'
  return problem(`the clock of ${name} is ${seconds} s ${way} ours: let both be set by NTP`)
}

/** The brokers' clock is on every record of our topics: none of them can be from the future. */
export async function checkBrokerClock(log: LogAccess): Promise<readonly Finding[]> {
  const own = allTopics.filter(({ kind }) => kind !== 'shared')
  const partitions = await Promise.all(own.map(({ name }) => partitionsIn(log, name)))
  const future = Date.now() + skewMsMax
  const found = await log.offsets.since(partitions.flat(), future)
  const ends = await log.offsets.ends(partitions.flat())
  const ahead = found.find(({ offset }, at) => offset < ends[at]!.offset)
  if (!ahead)
    return [ok('no record is from the future: the clocks of the brokers are not ahead of ours')]
  return [
    problem(
      `${ahead.topic}/${ahead.partition} has records of the future: a broker's clock is more than ` +
        `${skewMsMax / 1_000} s ahead of ours; let both be set by NTP`,
    ),
  ]
}
