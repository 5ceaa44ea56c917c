import { setTimeout as sleep } from 'node:timers/promises'
import type { BadDay } from '#connectors/object-store-s3/sandbox'
import type { Random } from '#tests/soak/engine/random'
import type { Strike } from '#tests/soak/exports/judge'
import type { ExportsInstallation } from '#tests/soak/exports/scene'
import { restartBroker } from '#tests/soak/kill-broker'
import { until } from '#tests/until'

/** Resolves with the moment it struck, epoch milliseconds, where that is not its beginning. */
type Doing = (installation: ExportsInstallation, random: Random) => Promise<number | void>

/** Beyond the session of a worker, after which others have what it had. */
const stoppedMs = 12_000
const besideMs = 6_000
const readyMsMax = 60_000
/** Longer than all tries in place, so that steps are parked. */
const awayMs = 6_000

/** What is done on purpose, each until all is there again. */
const doings: Readonly<Record<string, Doing>> = {
  async 'kill -9 of the worker'({ worker }) {
    await worker.kill()
    await worker.start()
  },
  async 'kill -9 of the worker, and again as it begins'({ worker }, random) {
    await worker.kill()
    worker.begin()
    await sleep(random.whole(1_000, 3_000))
    await worker.kill()
    await worker.start()
  },
  async 'kill -9 of the API'({ api, apiUrl }) {
    api.kill()
    // The one that was killed does not answer any more.
    await sleep(100)
    await isReady(`${apiUrl}/status`)
  },
  async 'kill -9 of the broker'({ stack, startBroker, apiUrl }) {
    await restartBroker(stack.dataDir, startBroker)
    await isReady(`${apiUrl}/status`)
  },
  async 'a second worker joins, and one of the two is killed'({ worker, second }, random) {
    await second.start()
    await sleep(besideMs)
    const [killed, other] = random.next() < 0.5 ? [worker, second] : [second, worker]
    await killed.kill()
    await sleep(besideMs)
    if (killed === worker) await worker.start()
    if (other === second) await second.drain()
  },
  async 'the worker is stopped beyond its session, and a second one takes over'({
    worker,
    second,
  }) {
    await second.start()
    const atMs = Date.now()
    worker.signal('SIGSTOP')
    await sleep(stoppedMs)
    worker.signal('SIGCONT')
    await sleep(besideMs)
    await second.drain()
    return atMs
  },
  'the store is busy': storeIs({ status: 503, code: 'SlowDown' }),
  'the store is busy, and says when to come again': storeIs({
    ...{ status: 503, code: 'SlowDown', retryAfter: 2 },
  }),
  'the store is full': storeIs({ status: 507, code: 'InsufficientStorage' }),
  'the store gives no answer': storeIs('hang'),
  'the store breaks off in the middle of its answers': storeIs('cut'),
  'the store loses its answers': storeIs('lost'),
  'the store forgets the rest of its answers': storeIs('short'),
  'the store fails at every fifth request': storeIs({ status: 500, code: 'InternalError' }, 0.2),
}

/** The store has this day for a while, at a share of the requests. */
function storeIs(badDay: BadDay, share = 1): Doing {
  return async ({ sandbox }, random) => {
    const ending = new AbortController()
    sandbox.badDay = async () => {
      if (ending.signal.aborted || random.next() >= share) return undefined
      if (badDay !== 'hang') return badDay
      await sleep(60_000, undefined, { signal: ending.signal }).catch(() => undefined)
      return 'lost'
    }
    await sleep(awayMs)
    sandbox.badDay = () => undefined
    ending.abort()
  }
}

const isReady = (url: string) =>
  until(`${url} answers`, () => isOk(url), {
    msMax: readyMsMax,
    signal: AbortSignal.timeout(readyMsMax),
  })

async function isOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}

const strikeNames = Object.keys(doings)

/** So many of them, all before any comes again, each time in another order. */
export function drawStrikes(count: number, random: Random): readonly string[] {
  const drawn: string[] = []
  while (drawn.length < count) {
    const left = [...strikeNames]
    while (left.length > 0) drawn.push(left.splice(random.whole(0, left.length - 1), 1)[0]!)
  }
  return drawn.slice(0, count)
}

/** Does one of them. */
export async function strike(
  installation: ExportsInstallation,
  what: string,
  random: Random,
): Promise<Strike> {
  const beganMs = Date.now()
  const atMs = (await doings[what]!(installation, random)) ?? beganMs
  return { what, atMs, untilMs: Date.now() }
}
