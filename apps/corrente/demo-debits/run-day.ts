import { setTimeout as sleep } from 'node:timers/promises'
import type { Day } from '#apps/corrente/demo-debits/day'
import { arrivals, hoursOfDay } from '#apps/corrente/demo-debits/day-curve'
import { drawnEpisode, stepsMean } from '#apps/corrente/demo-debits/episode'
import { follow } from '#apps/corrente/demo-debits/follow'
import type { Random } from '#apps/corrente/random'
import type { Second } from '#apps/corrente/demo-debits/second'

export interface DayPlan {
  /** How long the 24 hours take. */
  readonly seconds: number
  /** Requests a second on average. */
  readonly perSecond: number
  readonly random: Random
  /** Told each second which hour it is, and what was answered. */
  readonly onSecond: (hour: number, second: Second) => void
}

/**
 * Lets customers come by the curve of a day, whether those before them are answered or not, and waits until all are.
 * Rejects at an abort.
 */
export async function runDay(day: Day, plan: DayPlan): Promise<void> {
  const { seconds, perSecond, random, onSecond } = plan
  const begun = performance.now()
  const msOfHour = (seconds * 1_000) / hoursOfDay
  const tell = () => {
    const hour = Math.min(hoursOfDay, (performance.now() - begun) / msOfHour)
    onSecond(hour, day.seconds.takeOut())
  }
  const telling = setInterval(tell, 1_000)
  const episodes: Promise<void>[] = []
  try {
    for (const hour of arrivals(random, (seconds * perSecond) / stepsMean)) {
      const waitMs = begun + hour * msOfHour - performance.now()
      if (waitMs > 1) await sleep(waitMs, undefined, { signal: day.signal })
      const episode = follow(drawnEpisode(random, day.holders.length), episodes.length, day)
      // It is awaited with all others; until then it must not end the process.
      episode.catch(() => undefined)
      episodes.push(episode)
    }
    await Promise.all(episodes)
    tell()
  } finally {
    clearInterval(telling)
  }
}
