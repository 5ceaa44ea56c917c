import { setTimeout as sleep } from 'node:timers/promises'
import { type LogTail, openLogTail } from '#apps/operations/log-tail'
import type { LogView } from '#apps/operations/needs'
import { type Sampler, startSampler } from '#apps/operations/sampler'
import { Samples } from '#apps/operations/samples'
import { allTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { PlatformSettings } from '#apps/platform/settings'
import { type OffsetSource, openOffsetSource } from '#core/offset-source'
import { newWire } from '#core/wire'

/** Watches the log for as long as the process lives. */
export interface Observer {
  view(): LogView
  /** Undefined until a broker has answered once. */
  log(): LogAccess | undefined
  close(): Promise<void>
}

interface Watching {
  readonly log: LogAccess
  readonly tail: LogTail
  readonly sampler: Sampler
}

const pauseMs = 2_000
const topics = allTopics.filter(({ kind }) => kind !== 'changelog').map(({ name }) => name)

/** Begins to watch; Kafka may be away yet: then that is what there is to see. */
export function startObserver({ kafka, wire }: PlatformSettings): Observer {
  const closing = new AbortController()
  const { signal } = closing
  let problem: string | undefined
  let watching: Watching | undefined
  let offsets: OffsetSource | undefined
  const run = async () => {
    while (!signal.aborted && !offsets) {
      try {
        offsets = await openOffsetSource(kafka)
      } catch (error) {
        problem = (error as Error).message
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
    if (!offsets || signal.aborted) return
    problem = undefined
    const log = { kafka, wire: newWire(wire), offsets }
    const sampler = startSampler(log, { units: declaredUnits, topics })
    watching = { log, tail: openLogTail(log, declaredUnits), sampler }
  }
  const running = run()
  return {
    view() {
      const { tail, sampler } = watching ?? {}
      const problems = [problem, sampler?.problem(), tail?.problem()]
      return {
        samples: sampler?.samples ?? new Samples(),
        ledgers: tail?.ledgers(),
        // Kafka away is told once, in whoever's words.
        problems: [...new Set(problems.filter((one) => one !== undefined))],
      }
    },
    log: () => watching?.log,
    async close() {
      closing.abort()
      await running
      await Promise.all([watching?.tail.close(), watching?.sampler.close()])
      await offsets?.close()
    },
  }
}
