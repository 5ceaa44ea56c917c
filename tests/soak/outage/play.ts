import { setTimeout as sleep } from 'node:timers/promises'
import type { Account, Asked } from '#tests/soak/outage/account'
import type { Kill } from '#tests/soak/outage/judged-run'
import type { Pace } from '#tests/soak/outage/pace'
import type { Playing } from '#tests/soak/outage/run'

/** Of the time it is away, the party takes connections and says nothing first; then it takes none. */
const silentShare = 0.3
/** A kill comes by so much of the outage sooner or later than planned. */
const killJitter = 0.02
/** The party is away until so much of what the other was asked for meanwhile can be paid, at the least. */
const openedShare = 0.25
const openedMsMax = 10 * 60_000
const pollMs = 20

export type Played = Awaited<ReturnType<typeof play>>

/** Both parties answer; one is away, and kills; its return, until each application has its payment. */
export async function play(playing: Playing) {
  const { size, account, party, watch, report } = playing
  const [others, aways] = [playing.paced('other'), playing.paced('away')]
  await sleep(playing.warmMs)
  const beforeMs = Date.now()
  await sleep(playing.beforeMs)

  await party.beSilent()
  const awayMs = Date.now()
  report('one party is away: it takes connections and says nothing')
  const openedBefore = account.opened('other')
  const { kills, goneMs } = await whileAway(playing, others, aways)
  // What never comes is judged as missing, beside all the rest.
  const reached = (what: string, holds: () => boolean) =>
    watch
      .until(what, () => holds() || undefined, openedMsMax)
      .catch((error: Error) => report(error.message))
      .then(() => Date.now())
  const enough = openedBefore + size.payments * openedShare
  await reached('payments of the other', () => account.opened('other') >= enough)
  const isWaiting = ([, { party, dueMs }]: Application) => party === 'away' && dueMs >= awayMs
  const waiting = [...account.asked].filter(isWaiting)
  const openedAway = account.opened('away')
  await party.comeBack()
  const returnedMs = Date.now()
  report(`it is back; ${waiting.length} payments wait for it`)

  const firstOpenedMs = await reached(
    'the first payment',
    () => account.opened('away') > openedAway,
  )
  const caughtUpMs = await reached('those that waited', () => areOpened(account, waiting))
  report(`all that waited can be paid after ${caughtUpMs - returnedMs} ms`)

  await Promise.all([others.stop(), aways.stop()])
  await reached('every payment', () => areOpened(account, [...account.asked]))
  // What would come twice has its time to come.
  await sleep(1_000)
  await watch.caughtUp()
  return { marks: { beforeMs, awayMs, returnedMs, caughtUpMs }, kills, goneMs, firstOpenedMs }
}

type Application = readonly [id: string, asked: Asked]

const areOpened = (account: Account, asked: readonly Application[]): boolean =>
  asked.every(([id]) => account.isOpened(id))

/** Until so many more were asked for at the party. */
async function whileAway(playing: Playing, others: Pace, aways: Pace) {
  const { size, party, installation, random, report } = playing
  const strikes: Record<Kill['what'], () => Promise<number>> = {
    worker: () => installation.killWorker(),
    'payment proxy': () => installation.killProxy(),
    poller: () => installation.killPoller(),
  }
  const planned = playing.kills.map((what, i) => {
    const share = (i + 1) / (playing.kills.length + 1) + (random.next() * 2 - 1) * killJitter
    return { what, atCount: share * size.payments }
  })
  const kills: Kill[] = []
  const askedBefore = aways.count()
  const count = () => aways.count() - askedBefore
  let goneMs = 0
  while (count() < size.payments) {
    for (const pace of [others, aways]) pace.assertRuns()
    const isGone = count() >= silentShare * size.payments
    if (isGone && goneMs === 0) {
      await party.beGone()
      goneMs = Date.now()
      report('it takes no connections')
    }
    const next = planned[0]
    if (next && count() >= next.atCount) {
      planned.shift()
      kills.push({ what: next.what, atMs: await strikes[next.what]() })
      report(`kill -9 of the ${next.what} at ${count()} of ${size.payments}`)
    }
    await sleep(pollMs)
  }
  return { kills, goneMs }
}
